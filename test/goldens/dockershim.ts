// The recordings of dockershim (kubelet 1.23.17) against secctx's prediction: create requests, outcomes, waiting reasons.
import type { HostConfig } from "../../src/core/model/docker.ts";
import type { Pod } from "../../src/core/model/pod.ts";
import type { World, WorldFile } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import {
  type DockershimPodAnswer,
  podThroughDockershim,
} from "../../src/core/stages/dockershim.ts";
import { type GoldenSuite, goldenJson, goldenRows } from "../golden.ts";

interface Request {
  readonly User?: string;
  readonly HostConfig: HostConfig;
  readonly Labels?: Readonly<Record<string, string>>;
}
interface Row {
  readonly name: string;
  readonly groupFlags?: readonly string[];
  readonly fakedAppArmorHost?: boolean;
  readonly pod: Pod;
  readonly outcome: string;
  readonly nondeterministic?: unknown;
  readonly containers?: readonly {
    readonly name: string;
    readonly request?: Request | null;
    readonly waiting?: { readonly reason: string; readonly message?: string } | null;
    readonly kube?: unknown;
  }[];
  readonly sandbox?: { readonly request?: Request | null } | null;
  readonly podUid?: string;
  readonly kubeletFlags?: readonly string[];
}

const FOLDER = "dockershim-1.23.17";
/** Loaded on the host that the kubelet is shown in the group apparmor (README, Flag groups). */
const FAKED_PROFILES = ["lab-profile", "lab-other", ":ns://prof", "docker-default"];

/** What the README compares. */
const COMPARED = [
  "Privileged",
  "ReadonlyRootfs",
  "CapAdd",
  "CapDrop",
  "GroupAdd",
  "SecurityOpt",
  "NetworkMode",
  "PidMode",
  "IpcMode",
  "UTSMode",
  "MaskedPaths",
  "ReadonlyPaths",
  "Sysctls",
] as const;

export const DOCKERSHIM_SUITES: readonly GoldenSuite[] = [
  {
    system: "dockershim",
    version: "1.23.17",
    *cases() {
      const images = goldenJson<Record<string, string>>(`${FOLDER}/images.json`);
      const profiles = goldenJson<Record<string, string>>(`${FOLDER}/seccomp-profiles.json`);
      for (const row of goldenRows<Row>(`${FOLDER}/dockershim.jsonl`)) {
        if (row.outcome === "invalid" || row.outcome === "kubelet-exits") continue;
        const isRandom = row.nondeterministic !== undefined;
        yield {
          name: row.name,
          expected: isRandom ? requestsOf(expectedOf(row)) : expectedOf(row),
          predict() {
            const answer = predictedOf(
              podThroughDockershim({ pod: staticPod(row) }, worldOf(row, images, profiles)).out,
            );
            return isRandom ? requestsOf(answer) : answer;
          },
        };
      }
    },
  },
];

/** Whether a random pod is admitted is not compared; its requests are. */
function requestsOf({ containers, sandbox }: Compared): Partial<Compared> {
  return { containers: containers.filter(({ request }) => request !== null), sandbox };
}

/** The kubelet appends the node's name, and defaulting makes the securityContext of a pod an object. */
function staticPod(row: Row): Pod {
  return {
    ...row.pod,
    metadata: {
      ...row.pod.metadata,
      name: `${row.pod.metadata?.name}-node`,
      namespace: "default",
      uid: row.sandbox?.request?.Labels?.["io.kubernetes.pod.uid"] ?? "",
    },
    spec: { ...row.pod.spec, securityContext: row.pod.spec.securityContext ?? {} },
  };
}

function worldOf(
  row: Row,
  images: Readonly<Record<string, string>>,
  profiles: Readonly<Record<string, string>>,
): World {
  const flags = new Map(
    (row.groupFlags ?? []).map((flag) => flag.split(/=(.*)/s) as [string, string]),
  );
  const gates = (flags.get("--feature-gates") ?? "").split(",").filter((gate) => gate !== "");
  const file: WorldFile = {
    runtime: { name: "dockershim", version: "20.10" },
    featureGates: Object.fromEntries(
      gates.map((gate) => [gate.split("=")[0] ?? "", gate.split("=")[1] === "true"]),
    ),
    node: {
      seccompDefault: flags.get("--seccomp-default") === "true",
      allowedUnsafeSysctls: flags.get("--allowed-unsafe-sysctls")?.split(",") ?? [],
      appArmor: row.fakedAppArmorHost === true,
      ...(row.fakedAppArmorHost === true ? { appArmorProfiles: FAKED_PROFILES } : {}),
      seccompProfiles: Object.fromEntries(
        Object.entries(profiles).map(([name, text]) => [`profiles/${name}`, text]),
      ),
      cgroup: "v1",
    },
    // The node has these images and no others.
    images: {
      ...Object.fromEntries(
        row.pod.spec.containers.map(({ image }) => [image ?? "", { present: false }]),
      ),
      ...Object.fromEntries(
        Object.entries(images)
          .filter(([reference]) => reference !== "comment")
          .map(([reference, user]) => [reference, { user }]),
      ),
    },
  };
  return composeWorld(file);
}

interface Compared {
  readonly outcome: string;
  readonly containers: readonly { name: string; request: object | null; waiting: object | null }[];
  readonly sandbox: object | null;
}

function expectedOf(row: Row): Compared {
  return {
    outcome: row.outcome,
    containers: (row.containers ?? []).map(({ name, request, waiting }) => ({
      name,
      request: request ? compared(request.User, request.HostConfig) : null,
      waiting:
        request || !waiting ? null : { reason: waiting.reason, message: waiting.message ?? "" },
    })),
    sandbox: row.sandbox?.request
      ? compared(row.sandbox.request.User, row.sandbox.request.HostConfig)
      : null,
  };
}

function predictedOf(answer: DockershimPodAnswer): Compared {
  return {
    outcome: answer.outcome,
    containers: answer.containers.map(({ name, waiting, config, hostConfig }) => ({
      name,
      request: hostConfig === null ? null : compared(config?.User, hostConfig),
      waiting,
    })),
    sandbox:
      answer.sandbox === null
        ? null
        : compared(answer.sandbox.config.User, answer.sandbox.hostConfig),
  };
}

function compared(user: string | undefined, hostConfig: HostConfig): object {
  const parts = COMPARED.map((key) => [key, withSandbox(hostConfig[key])] as const);
  return { User: user, ...Object.fromEntries(parts) };
}

/** `container:<64 hex digits>` names the sandbox. */
function withSandbox(value: unknown): unknown {
  return typeof value === "string"
    ? value.replace(/^container:[0-9a-f]{64}$/, "container:<sandbox>")
    : value;
}
