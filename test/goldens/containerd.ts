// The recordings of containerd against secctx's prediction.
import type { ContainerdAnswer, ContainerdInput } from "../../src/core/containerd/containerd.ts";
import type { CriMount, LinuxContainerSecurityContext } from "../../src/core/model/cri.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { OciSpec } from "../../src/core/model/oci.ts";
import type { ImageFacts, World, WorldFile } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import { startWithContainerd } from "../../src/core/stages/containerd.ts";
import { type GoldenCase, type GoldenSuite, goldenJson, goldenRows } from "../golden.ts";
import { hostOf } from "./containerdHosts.ts";
import { comparedSpec, drawnLevels } from "./ociCompared.ts";

interface Row {
  readonly case: string;
  readonly host?: string;
  readonly image: string;
  readonly request: LinuxContainerSecurityContext | null;
  readonly sandboxRequest: ContainerdInput["sandbox"];
  readonly mounts?: readonly CriMount[];
  readonly stage: string;
  readonly error?: string;
  readonly ociSpec?: OciSpec;
  readonly sandboxOciSpec?: OciSpec;
}

const SUITES: readonly (readonly [string, string])[] = [
  ["1.6.20", "containerd/containerd-1.6.20"],
  ["1.7.24", "containerd/containerd-1.7.24"],
  ["2.1.9", "containerd/containerd-2.1.9"],
  ["1.6.20 apparmor", "lsm/containerd-1.6.20-apparmor"],
  ["1.6.20 apparmor-variants", "lsm/containerd-1.6.20-apparmor-variants"],
  ["1.6.20 selinux", "lsm/containerd-1.6.20-selinux"],
  ["1.6.20 selinux-variants", "lsm/containerd-1.6.20-selinux-variants"],
  ["1.6.20 selinux-stockpolicy", "lsm/containerd-1.6.20-selinux-stockpolicy"],
  ["2.1.9 apparmor", "lsm/containerd-2.1.9-apparmor"],
  ["2.1.9 selinux", "lsm/containerd-2.1.9-selinux"],
];

export const CONTAINERD_SUITES: readonly GoldenSuite[] = SUITES.map(([version, file]) => ({
  system: "containerd",
  version,
  cases: () => casesOf(version, file),
}));

function* casesOf(version: string, file: string): Iterable<GoldenCase> {
  const images = goldenJson<Record<string, ImageFacts>>("images.json");
  const rows = goldenRows<Row>(`${file}.jsonl`);
  const folder = file.split("/")[0] ?? "";
  // The host's devices stand only in what privileged containers got of them: one such row tells them for all.
  const devices = rows.flatMap((row) => row.ociSpec?.linux?.devices ?? []);
  const hostDevices = devices.filter(
    ({ path }, index) => devices.findIndex((other) => other.path === path) === index,
  );
  for (const row of rows) {
    const world = worldOf(row, version.split(" ")[0] ?? "", hostDevices as unknown as JsonObject[]);
    yield {
      name: row.host === undefined ? row.case : `${row.host} ${row.case}`,
      expected: comparedAnswer(recordedAnswer(row), row, folder),
      predict: () =>
        comparedAnswer(startWithContainerd(inputOf(row, images), world).out, row, folder),
    };
  }
}

function worldOf(row: Row, version: string, devices: readonly JsonObject[]): World {
  const host = hostOf(row.host, devices);
  const runtime = { ...host.runtime, name: "containerd", version } as WorldFile["runtime"];
  return composeWorld({ ...host, ...(runtime === undefined ? {} : { runtime }) });
}

const ANY_ID = "c0".repeat(32);

function inputOf(row: Row, images: Readonly<Record<string, ImageFacts>>): ContainerdInput {
  const image = images[row.image];
  if (image === undefined) throw new Error(`no image ${row.image}`);
  const container = row.request as LinuxContainerSecurityContext;
  return {
    sandbox: row.sandboxRequest,
    container: joinsOther(row) ? withTarget(container) : container,
    image,
    mounts: row.mounts ?? [],
  };
}

/** The recorder put a running container's id into the request; only the spec shows that it did: a PID namespace that is not the sandbox's. */
function joinsOther({ request, ociSpec }: Row): boolean {
  if (request?.namespace_options?.pid !== "TARGET") return false;
  const [pid, ipc] = ["pid", "ipc"].map(
    (type) => ociSpec?.linux?.namespaces?.find((namespace) => namespace.type === type)?.path,
  );
  return pid !== undefined && pid.split("/")[2] !== ipc?.split("/")[2];
}

function withTarget(container: LinuxContainerSecurityContext): LinuxContainerSecurityContext {
  return {
    ...container,
    namespace_options: { ...container.namespace_options, target_id: ANY_ID },
  };
}

/** A container that ran and exited was started. */
function recordedAnswer({ stage, error, ociSpec, sandboxOciSpec }: Row): ContainerdAnswer {
  return {
    step: (stage === "exited" ? "ok" : stage) as ContainerdAnswer["step"],
    ...(error === undefined ? {} : { error }),
    ...(ociSpec === undefined ? {} : { spec: ociSpec }),
    ...(sandboxOciSpec === undefined ? {} : { sandboxSpec: sandboxOciSpec }),
  };
}

/** Nobody recorded the spec of a sandbox that did not start. */
function comparedAnswer(answer: ContainerdAnswer, row: Row, folder: string): object {
  const asked = [row.sandboxRequest?.security_context, row.request];
  const levels = drawnLevels(asked.map((sc) => sc?.selinux_options?.level ?? ""));
  const started = answer.step !== "sandbox";
  return {
    step: answer.step,
    sandboxSpec: started ? comparedSpec(answer.sandboxSpec, folder, levels) : undefined,
    spec: started ? comparedSpec(answer.spec, folder, levels) : undefined,
    error: comparedError(answer.error, levels),
  };
}

/** Without ids, random numbers and paths of the recording's machine. */
function comparedError(error: string | undefined, levels: (level: string) => string) {
  return (
    error
      ?.replaceAll(/\/\S*\/tmpmounts\/containerd-mount[^/: ]*/g, "<MOUNT>")
      .replaceAll(/\/[^\s,="]*\/snapshots\/\d+\//g, "<SNAPSHOT>/")
      // runc 1.1 mounts through a numbered descriptor and tells the flags; 1.3 tells neither like that.
      .replaceAll(/ \(via \/proc\/self\/fd\/\d+\), flags: 0x[0-9a-f]+/g, "")
      .replaceAll(/\/\S*\/<ID>\/rootfs/g, "<BUNDLE>/rootfs")
      // How a program is not found depends on the daemon's PATH and folder.
      .replace(/(get apparmor_parser version: ).*/, "$1<PATH>")
      .replaceAll(/s0:c\d+,c\d+/g, levels)
  );
}
