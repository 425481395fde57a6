// What a probe will find in a container, by its OCI spec: the mounts and namespaces that runc makes of it.
import {
  NAMESPACE_NAMES,
  type NamespaceName,
  type NamespaceSharing,
  type Observation,
} from "../model/observation.ts";
import type { OciNamespace, OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";

export interface PredictionInput {
  readonly spec: OciSpec;
  /** The kernel room's answer for `spec`. */
  readonly status: ProcStatus;
  /** The pod's sandbox; without it a joined namespace counts as the sandbox's. */
  readonly sandboxSpec?: OciSpec;
}

/** `absentPaths` is empty: which paths a kernel lacks is known only where it runs. */
export function predictObservation({ spec, status, sandboxSpec }: PredictionInput): Observation {
  const masked = new Set(spec.linux?.maskedPaths ?? []);
  const readonlyPaths = (spec.linux?.readonlyPaths ?? []).filter((path) => !masked.has(path));
  return {
    status,
    rootReadOnly: spec.root?.readonly === true,
    maskedPaths: [...masked].sort(),
    readonlyPaths: [...new Set(readonlyPaths)].sort(),
    absentPaths: [],
    namespaces: Object.fromEntries(
      NAMESPACE_NAMES.map((name) => [name, sharing(name, spec, sandboxSpec)]),
    ),
  };
}

/** The paths that a probe should look at: all that the spec masks or makes read-only. */
export function askedPaths(spec: OciSpec): string[] {
  const { maskedPaths = [], readonlyPaths = [] } = spec.linux ?? {};
  return [...new Set([...maskedPaths, ...readonlyPaths])].sort();
}

const OCI_TYPE: Readonly<Record<NamespaceName, OciNamespace["type"]>> = {
  cgroup: "cgroup",
  ipc: "ipc",
  mnt: "mount",
  net: "network",
  pid: "pid",
  user: "user",
  uts: "uts",
};

/** Where dockerd keeps the host's network namespace, and the host's first process. */
const HOST_PATH = /\/netns\/default$|^\/proc\/1\/ns\//;

/** A namespace joined by path is the sandbox's, and with a sandbox in the host's namespace the host's. */
function sharing(
  name: NamespaceName,
  spec: OciSpec,
  sandboxSpec: OciSpec | undefined,
): NamespaceSharing {
  const type = OCI_TYPE[name];
  const path = pathOf(spec, type);
  if (path === undefined || HOST_PATH.test(path)) return "host";
  if (path === "" || isOfAnother(path, spec)) return "own";
  if (sandboxSpec === undefined) return "sandbox";
  const sandboxPath = pathOf(sandboxSpec, type);
  return sandboxPath === undefined || HOST_PATH.test(sandboxPath) ? "host" : "sandbox";
}

/** `/proc/7/ns/pid` beside `/proc/5/ns/ipc`: not the sandbox's but that of the container which is debugged. */
function isOfAnother(path: string, spec: OciSpec): boolean {
  const [, pid] = PROCESS_PATH.exec(path) ?? [];
  if (pid === undefined) return false;
  const joined = SANDBOX_TYPES.map((type) => PROCESS_PATH.exec(pathOf(spec, type) ?? "")?.[1]);
  const sandbox = joined.find((one) => one !== undefined);
  return sandbox !== undefined && sandbox !== pid;
}

const PROCESS_PATH = /^\/proc\/(\d+)\/ns\//;
/** What a container of a pod never takes from another container. */
const SANDBOX_TYPES = ["ipc", "uts", "network"] as const;

/** "" for one of its own, undefined for none: the host's. */
function pathOf(spec: OciSpec, type: OciNamespace["type"]): string | undefined {
  const namespace = spec.linux?.namespaces?.find((one) => one.type === type);
  return namespace === undefined ? undefined : (namespace.path ?? "");
}
