// What `fix` answers: per pod the level before and after, what changes, and what is left for a person; over the file, its edits.
import type { ManifestError, ManifestOptions } from "../../manifest/manifest.ts";
import type { TextEdit } from "../../model/edit.ts";
import type { FieldPath } from "../../model/finding.ts";
import type { Int64 } from "../../model/json.ts";
import type { Level } from "../../podsecurity/level.ts";
import type { AnswerHead } from "../place.ts";

/** With what the reader is told: where custom kinds keep their pod, how much a text may hold. */
export interface FixOptions extends ManifestOptions {
  /** Default: what the pod's namespace enforces, else restricted. */
  readonly level?: Level;
  /** The uid for containers that would run as root: one for all, or by container name or image; a name wins. */
  readonly runAsUser?: { readonly all?: Int64; readonly of?: Readonly<Record<string, Int64>> };
  /** Only what is missing is added, as far as that goes; what the author wrote stays, even if the level then is not reached. */
  readonly addOnly?: boolean;
}

/**
 * `corrected`: spelled so that it now works, the meaning is the author's. `taken`: the author wrote it and the level
 * forbids it. `accepted`: forbidden too, but a person has said why it stays. `open`: rests on what nobody told. `left`: keeps the pod from the level (or from starting), and only a
 * person can say what should be there: of the API server's refusals the first. `stays`: a field that the API server drops with a
 * warning; it keeps the pod from nothing. `unshared`: an anchor brought it, which others use too; it has fields of its own now.
 */
export type FixNoteKind =
  | "corrected"
  | "taken"
  | "accepted"
  | "open"
  | "left"
  | "stays"
  | "unshared";

/** A remark about one place of a pod, as it was before the edits. */
export interface FixNote {
  readonly kind: FixNoteKind;
  /** Relative to the pod. */
  readonly path: FieldPath;
  readonly container?: string;
  /** Of `spec.volumes`, by its name. */
  readonly volume?: string;
  readonly message: string;
  /** Knowledge that would settle it: the uid that this container's program can run as. */
  readonly needs?: { readonly what: "runAsUser"; readonly image: string };
}
export interface PlacedNote extends Omit<FixNote, "path"> {
  /** JSON Pointer into the document. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** `path`: JSON Pointer into the document; `from` or `to` is absent where the field is. */
export interface FixedField {
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

export interface FixedPod extends AnswerHead {
  /** The level that was asked for. */
  readonly level: Level;
  /** The highest level that the pod meets. */
  readonly before: Level;
  readonly after: Level;
  /** Is the level met after the edits, and nothing left that the kubelet refuses? */
  readonly met: boolean;
  readonly changes: readonly FixedField[];
  readonly notes: readonly PlacedNote[];
}

export interface FixedManifest {
  readonly file: string;
  /** In the order of the text; none overlaps another, and offsets count in the text as it was. */
  readonly edits: readonly TextEdit[];
  /** The text with the edits made; the same text where there are none. */
  readonly text: string;
  readonly pods: readonly FixedPod[];
  readonly errors: readonly ManifestError[];
  /** Documents without a pod. */
  readonly skipped: number;
}
