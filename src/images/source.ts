// Where an image comes from: what a person writes behind `--image REF=`, and where a reference leads without it.
import { resolve } from "node:path";
import { EngineError } from "../node/errors.ts";
import { InvalidReference, normalizedReference } from "./reference.ts";

export type SourceKind =
  | "dir"
  | "oci"
  | "oci-archive"
  | "docker-archive"
  | "docker-daemon"
  | "containers-storage"
  | "containerd"
  | "docker";

export interface Source {
  readonly kind: SourceKind;
  /** Absolute path for what lies on disk; the normalized reference for the rest. */
  readonly place: string;
  /** Which image of a layout or an archive. */
  readonly name?: string;
  /** The pod's reference, normalized: picks among several images where no name is told. */
  readonly wanted?: string;
}

const ON_DISK: readonly SourceKind[] = ["dir", "oci", "oci-archive", "docker-archive"];
const BY_REFERENCE: readonly SourceKind[] = [
  "docker-daemon",
  "containers-storage",
  "containerd",
  "docker",
];

/**
 * Reads `dir:PATH`, `oci:PATH[:NAME]`, `oci-archive:PATH[:NAME]`, `docker-archive:PATH[:NAME]`, `docker-daemon:REF`,
 * `containers-storage:REF`, `containerd:REF`, `docker://REF`; a reference alone is undefined: where it lies is looked up.
 * @param exists tells whether a path is there, for a path may hold a colon
 * @throws EngineError
 */
export function parseSource(text: string, exists: (path: string) => boolean): Source | undefined {
  const colon = text.indexOf(":");
  const kind = text.slice(0, Math.max(colon, 0));
  const rest = text.slice(colon + 1);
  if (ON_DISK.includes(kind as SourceKind)) {
    if (rest === "") throw new EngineError(`--image: ${text} names no path`);
    if (kind === "dir") return { kind: "dir", place: resolve(rest) };
    return { kind: kind as SourceKind, ...splitName(rest, exists) };
  }
  if (BY_REFERENCE.includes(kind as SourceKind) && (kind !== "docker" || rest.startsWith("//"))) {
    return { kind: kind as SourceKind, place: reference(text, rest.replace(/^\/\//, "")) };
  }
  reference(text, text);
  return undefined;
}

export function isOnDisk({ kind }: Source): boolean {
  return ON_DISK.includes(kind);
}

/** As a person would write it; two spellings of one source are one. */
export function writeSource({ kind, place, name }: Source): string {
  return `${kind}:${kind === "docker" ? "//" : ""}${place}${name === undefined ? "" : `:${name}`}`;
}

function reference(text: string, image: string): string {
  try {
    return normalizedReference(image);
  } catch (error) {
    if (error instanceof InvalidReference)
      throw new EngineError(`--image: ${text}: ${error.message}`);
    throw error;
  }
}

function splitName(rest: string, exists: (path: string) => boolean): Omit<Source, "kind"> {
  // The shortest path that is there; without any, the part before the first colon that no slash follows.
  for (let at = rest.indexOf(":"); at !== -1; at = rest.indexOf(":", at + 1)) {
    const path = resolve(rest.slice(0, at));
    if (exists(path)) return { place: path, name: rest.slice(at + 1) };
  }
  const whole = resolve(rest);
  const last = rest.lastIndexOf(":");
  if (last === -1 || exists(whole) || rest.indexOf("/", last) !== -1) return { place: whole };
  return { place: resolve(rest.slice(0, last)), name: rest.slice(last + 1) };
}
