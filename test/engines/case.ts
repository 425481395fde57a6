// One acceptance case of Kubernetes or of critest as data: what is run, and what has to come of it.
import type {
  LinuxContainerSecurityContext,
  LinuxPodSandboxConfig,
} from "../../src/core/model/cri.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { Observation } from "../../src/core/model/observation.ts";
import type { Span } from "../../src/core/model/version.ts";
import type { WorldFile } from "../../src/core/model/world.ts";

export type EngineUnderTest = "oci" | "docker" | "cri";

/** Exactly one of `exitCode` and `refused`. */
export type Expected = (
  | { readonly exitCode: number | "not 0" }
  /** It never runs; the message is that of the API server, the kubelet or the runtime. */
  | { readonly refused: RegExp }
) & {
  readonly logs?: RegExp;
  readonly notInLogs?: RegExp;
  /** Parts of what is seen right after the execve. */
  readonly observed?: {
    readonly namespaces?: Partial<Observation["namespaces"]>;
    readonly masked?: readonly string[];
    readonly readonly?: readonly string[];
  };
};

/** What an engine does in place of what upstream expects. The cell holds only if secctx predicted just this. */
export interface Deviation {
  readonly engine: EngineUnderTest;
  /** Releases of the runtime whose rules apply; absent: all. */
  readonly releases?: Span;
  /** Only on a machine without this capability. */
  readonly without?: string;
  readonly expected: Expected;
  readonly because: string;
}

interface CaseBase {
  readonly name: string;
  /** The suite and its number or title of the test. */
  readonly origin: string;
  readonly expected: Expected;
  readonly deviations?: readonly Deviation[];
  readonly world?: WorldFile;
}

/** Runs on every engine, through API server and kubelet. */
export interface PodCase extends CaseBase {
  readonly pod: JsonObject;
  /** ConfigMaps and Secrets of the same namespace. */
  readonly objects?: readonly JsonObject[];
}

/** Documents that no kubelet sends: for the engine that speaks CRI. */
export interface CriCase extends CaseBase {
  readonly cri: {
    readonly sandbox?: LinuxPodSandboxConfig;
    readonly container: LinuxContainerSecurityContext;
    readonly image?: string;
    readonly script: string;
  };
}

export type Case = PodCase | CriCase;

export interface PodOptions {
  readonly script: string;
  readonly image?: string;
  readonly context?: JsonObject;
  readonly podContext?: JsonObject;
  readonly spec?: JsonObject;
  readonly container?: JsonObject;
}

/** A pod of one container that runs a shell script to its end. */
export function pod(options: PodOptions): JsonObject {
  const { script, image = "demo/busybox:1", context, podContext, spec, container } = options;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "case" },
    spec: {
      restartPolicy: "Never",
      ...(podContext === undefined ? {} : { securityContext: podContext }),
      containers: [
        {
          ...{ name: "c", image, command: ["sh", "-c", script] },
          ...(context === undefined ? {} : { securityContext: context }),
          ...container,
        },
      ],
      ...spec,
    },
  };
}

/** A host without it: Docker 20.10 asks for every capability it knows, whether there or not. */
export const NO_SYS_RESOURCE: Omit<Deviation, "expected"> = {
  engine: "docker",
  releases: { until: "23.0" },
  without: "CAP_SYS_RESOURCE",
  because:
    "Docker 20.10 gives a fixed list of 38 capabilities, and this host has no CAP_SYS_RESOURCE to give",
};
export const CANNOT_GIVE: Expected = { refused: /unable to apply caps: operation not permitted/ };
