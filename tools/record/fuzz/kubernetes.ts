// Draws requests, has kube-apiserver's own handlers and strategies answer them (the folder kubernetes, built with Go), and prints
// each that secctx answers otherwise. Usage: node --import tsx tools/record/fuzz/kubernetes.ts [COUNT] [SEED] [all|workloads|security|recorded|sent]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ApiAnswer, apiserver } from "../../../src/core/apiserver/apiserver.ts";
import { UNKNOWN_UID } from "../../../src/core/apiserver/validation/workloads/jobSelector.ts";
import type { JsonObject } from "../../../src/core/model/json.ts";
import { completeWorld, type WorldFile } from "../../../src/core/model/world.ts";
import { parseJson, writeJson } from "../../../src/core/rules/json.ts";
import { firstDifference, goldenRows } from "../../../test/golden.ts";
import { viewAnswer } from "../../../test/goldens/apiserver.ts";
import {
  drawnRequest,
  drawnWorkload,
  mutated,
  type Request,
  sentOtherwise,
} from "./apiRequests.ts";
import { chance, constantsOf } from "./apiValues.ts";

const [count = "2000", seed = "1", what = "all", variant = ""] = process.argv.slice(2);
const FOLDER = fileURLToPath(new URL("./kubernetes/", import.meta.url));
/** A server's flags and the world they make. */
const VARIANTS: Readonly<Record<string, readonly [flags: readonly string[], world: WorldFile]>> = {
  "": [[], {}],
  noprivileged: [["-allow-privileged=false"], { allowPrivileged: false }],
  "userns-hostnetwork": [
    ["-gates=UserNamespacesHostNetworkSupport=true"],
    { featureGates: { UserNamespacesHostNetworkSupport: true } },
  ],
  "selinuxmount-off": [["-gates=SELinuxMount=false"], { featureGates: { SELinuxMount: false } }],
  "1.36": [["-emulated=1.36"], { kubernetes: "v1.36" }],
  "1.35": [["-emulated=1.35"], { kubernetes: "v1.35" }],
  "1.34": [["-emulated=1.34"], { kubernetes: "v1.34" }],
};
const [flags, worldFile] = VARIANTS[variant] ?? [[], {}];
const world = completeWorld(worldFile);

const DRAWN_UID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

interface Recorded {
  readonly op: string;
  readonly kind: string;
  readonly pod?: JsonObject;
  readonly object?: JsonObject;
}
interface Answered {
  readonly code: number;
  readonly warnings: readonly string[];
  readonly body: JsonObject;
}

const api = go(["list", "-m", "-f", "{{.Dir}}", "k8s.io/api"]).trim();
const constants = constantsOf(api);
const requests = drawn();
const work = mkdtempSync(join(tmpdir(), "secctx-kubernetes-"));
try {
  const program = process.env["SECCTX_KUBERNETES"] ?? join(work, "kubernetes");
  if (process.env["SECCTX_KUBERNETES"] === undefined) go(["build", "-o", program, "."]);
  compare(answers(program));
} finally {
  rmSync(work, { recursive: true, force: true });
}

function drawn(): Request[] {
  const by = chance(Number(seed));
  const recorded = goldenRows<Recorded>("kube-apiserver-1.37.2/validation.jsonl").flatMap(
    ({ op, kind, pod, object = pod }) =>
      op === "create" && object !== undefined ? [{ kind, object }] : [],
  );
  const plain = (): Request =>
    what === "workloads"
      ? drawnWorkload(by, constants)
      : what === "recorded" || (what === "security" && by.once(2))
        ? mutated(by, recorded, constants, what === "recorded")
        : drawnRequest(by, constants, what === "all");
  return Array.from({ length: Number(count) }, () =>
    what === "sent" ? sentOtherwise(by, drawnRequest(by, constants, false), constants) : plain(),
  );
}

function answers(program: string): Answered[] {
  const input = requests
    .map(({ kind, object, raw = writeJson(object), fieldValidation = "", base }) =>
      writeJson({
        kind,
        raw,
        fieldValidation,
        base: base === undefined ? "" : writeJson(base),
      }),
    )
    .join("\n");
  const ran = spawnSync(program, flags, { input, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (ran.status !== 0) throw new Error(`the program failed: ${ran.stderr}`);
  return (
    ran.stdout
      .split("\n")
      .filter((line) => line !== "")
      // The scheme is called after the line of code that made it, which the compiler may have moved into another.
      .map((line) =>
        line.replaceAll("pkg/runtime/scheme.go:111", "pkg/api/legacyscheme/scheme.go:30"),
      )
      // The server draws a uid for every object, and tells it where a Job's labels are wrong.
      .map((line) => line.replaceAll(DRAWN_UID, UNKNOWN_UID))
      .map((line) => parseJson(line) as unknown as Answered)
  );
}

function compare(answered: readonly Answered[]): void {
  let differing = 0;
  answered.forEach(({ code, warnings, body }, index) => {
    const { kind, object, base, fieldValidation, ...sent } = requests[index] as Request;
    const raw = sent.raw ?? writeJson(object);
    let told: unknown;
    try {
      told = viewAnswer(
        apiserver(
          {
            operation: base === undefined ? "create" : "ephemeral",
            kind,
            ...(base === undefined ? { raw } : { object, base }),
            ...(fieldValidation === undefined ? {} : { fieldValidation }),
          },
          world,
        ).out,
        false,
      );
    } catch (error) {
      told = String((error as Error).stack);
    }
    const refused = code >= 400;
    const template = refused ? undefined : templateOf(body, kind);
    const real = viewAnswer(
      {
        scope: "security",
        code,
        status: refused ? body : null,
        warnings,
        spec: template?.["spec"] ?? null,
        ...(template?.["metadata"]?.["annotations"] === undefined
          ? {}
          : { annotations: template["metadata"]["annotations"] }),
      } as ApiAnswer,
      false,
    );
    const found = firstDifference(real, told, "");
    if (found === undefined) return;
    differing += 1;
    console.log(
      writeJson({
        ...found,
        realMessage: (body as JsonObject)["message"] ?? null,
        real,
        told,
        kind,
        raw,
        object,
      } as never),
    );
  });
  console.error(`${answered.length - differing} of ${answered.length} agree`);
  process.exitCode = differing === 0 ? 0 : 1;
}

function templateOf(object: JsonObject, kind: string): Record<string, Record<string, never>> {
  const path =
    kind === "Pod"
      ? []
      : kind === "PodTemplate"
        ? ["template"]
        : kind === "CronJob"
          ? ["spec", "jobTemplate", "spec", "template"]
          : ["spec", "template"];
  let found: unknown = object;
  for (const step of path) found = (found as JsonObject)[step];
  return found as never;
}

function go(args: readonly string[]): string {
  const { status, stdout } = spawnSync("go", args, {
    cwd: FOLDER,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("go failed");
  return stdout;
}
