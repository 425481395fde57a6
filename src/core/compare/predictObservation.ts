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

/** A namespace joined by path is the sandbox's, and with a sandbox in the host's namespace the host's. */
function sharing(
  name: NamespaceName,
  spec: OciSpec,
  sandboxSpec: OciSpec | undefined,
): NamespaceSharing {
  const namespace = find(spec, OCI_TYPE[name]);
  if (namespace === undefined) return "host";
  if ((namespace.path ?? "") === "") return "own";
  if (sandboxSpec === undefined) return "sandbox";
  return find(sandboxSpec, OCI_TYPE[name]) === undefined ? "host" : "sandbox";
}

function find(spec: OciSpec, type: OciNamespace["type"]): OciNamespace | undefined {
  return spec.linux?.namespaces?.find((namespace) => namespace.type === type);
}
