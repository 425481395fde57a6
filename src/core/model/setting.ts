// Where a value came from, and what it replaced: the provenance that upstream drops.
import type { FieldPath } from "./finding.ts";

/** A program of the chain, as it is called by its people. */
export type Component =
  | "kube-apiserver"
  | "kubelet"
  | "containerd"
  | "dockershim"
  | "dockerd"
  | "runc"
  | "kernel";

export type Source =
  /** The author wrote it; `path` is relative to the pod. */
  | { readonly kind: "manifest"; readonly path: FieldPath }
  /** A program filled it in. */
  | { readonly kind: "default"; readonly by: Component }
  /** The image says it (USER, passwd, group). */
  | { readonly kind: "image"; readonly ref: string }
  /** The node's configuration or kernel says it. */
  | { readonly kind: "node"; readonly fact: string }
  /** Derived by a program's rule: privileged ⇒ all capabilities. */
  | { readonly kind: "rule"; readonly by: Component; readonly rule: string };

/** A value with its source; `was` is the setting that it replaced. */
export interface Setting<T> {
  readonly value: T;
  readonly source: Source;
  readonly was?: Setting<T>;
}
