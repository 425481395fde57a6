// What a probe can read of a running container on a real machine, in the form that secctx predicts it.
import type { ProcStatus } from "./proc.ts";
import type { Attempt } from "./tries.ts";

/** The links of /proc/PID/ns that bear on isolation. */
export const NAMESPACE_NAMES = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"] as const;
export type NamespaceName = (typeof NAMESPACE_NAMES)[number];

/** The host's, that of the pod's sandbox, or neither. */
export type NamespaceSharing = "host" | "sandbox" | "own";

export interface Observation {
  /** As seen from the host: host ids. */
  readonly status: ProcStatus;
  /** The root mount (`/` in /proc/PID/mountinfo) is read-only. */
  readonly rootReadOnly: boolean;
  /** Paths that hide what the kernel shows there: a mount of the null device or of an empty read-only tmpfs. */
  readonly maskedPaths: readonly string[];
  /** Paths with a read-only mount of their own; masked ones not among them. */
  readonly readonlyPaths: readonly string[];
  /** Of the paths asked about: those that this kernel does not have. They can be neither masked nor read-only. */
  readonly absentPaths: readonly string[];
  /** Only what the probe could read. */
  readonly namespaces: Readonly<Partial<Record<NamespaceName, NamespaceSharing>>>;
  /** What was tried with the container's credentials; absent in a prediction. */
  readonly attempts?: readonly Attempt[];
}
