// What secctx reports, and the points where a real program can refuse.

/** Steps from the root of a document: `["spec", "containers", 0, "securityContext"]`. */
export type FieldPath = readonly (string | number)[];

/** A place in a manifest; lines and columns count from 1, offsets (UTF-16 units) from 0. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export type StageName =
  | "manifest"
  | "apiserver"
  | "podsecurity"
  | "kubelet"
  | "containerd"
  | "dockershim"
  | "docker"
  | "runc"
  | "kernel"
  | "compare"
  | "risk"
  | "upgrade";

export type Severity = "refusal" | "warning" | "note";

/** `path` is relative to the object that the stage was given; the journey rebases it onto the document. */
export interface Finding {
  /** Stable, `stage.what`: `kubelet.verifyRunAsNonRoot`. */
  readonly id: string;
  readonly stage: StageName;
  readonly severity: Severity;
  readonly container?: string;
  readonly field?: string;
  readonly path: FieldPath;
  /** The real program's words, letter by letter; ours only in notes. */
  readonly message: string;
  /** The program that says it, with its version: `kubelet v1.37`. */
  readonly origin: string;
  /** What helps, in our own words: `did you mean runAsUser?` */
  readonly hint?: string;
  /** The parts of `message` where the program has them apart: `runAsNonRoot != true`. */
  readonly reason?: string;
  readonly detail?: string;
  /** The whole answer that `message` is a part of, where the API server gives one: `pods "x" is forbidden: …`. */
  readonly answer?: string;
  /** Of the level of Pod Security that was asked for, and that no namespace enforces: nothing refuses the pod for it. */
  readonly asked?: true;
}

/** A point where the real program can refuse; open when it has no finding. */
export interface Gate {
  readonly id: string;
  readonly stage: StageName;
  readonly container?: string;
  readonly finding?: Finding;
}

/** RFC 6901: `/spec/containers/0/securityContext`. */
export function toPointer(path: FieldPath): string {
  let pointer = "";
  for (const step of path) pointer += `/${typeof step === "number" ? step : escaped(step)}`;
  return pointer;
}

/** Asked for every setting of every trace, and hardly a step holds either character. */
function escaped(step: string): string {
  if (!step.includes("~") && !step.includes("/")) return step;
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The other way; a step of digits alone is the place in a list. */
export function fromPointer(pointer: string): FieldPath {
  return pointer
    .split("/")
    .slice(1)
    .map((step) =>
      /^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~"),
    );
}

export function startsWith(path: FieldPath, start: FieldPath): boolean {
  return start.every((step, index) => path[index] === step);
}

export function samePath(one: FieldPath, other: FieldPath): boolean {
  return one.length === other.length && startsWith(one, other);
}

/** As Kubernetes spells a path: `spec.containers[0].securityContext`. */
export function toFieldPath(path: FieldPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}
