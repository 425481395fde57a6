// Where a validation stands: the real steps in the object, and beside them how the server spells them in its messages.
// A path is a chain of links, so that walking down costs nothing until something is wrong.
// @see apimachinery v0.37.2 pkg/util/validation/field/path.go
import type { FieldPath } from "../model/finding.ts";

export interface Path {
  readonly parent: Path | undefined;
  readonly step: string | number;
  /** What the server's text has for the step: `.name`, `[0]`, `[key]`; empty where it skips it. */
  readonly shown: string;
}

export function child(parent: Path | undefined, name: string): Path {
  return { parent, step: name, shown: `.${name}` };
}

/** A field that the server spells differently: `HostPID`. */
export function childShownAs(parent: Path | undefined, name: string, shown: string): Path {
  return { parent, step: name, shown: shown === "" ? "" : `.${shown}` };
}

export function indexed(parent: Path, index: number): Path {
  return { parent, step: index, shown: `[${index}]` };
}

export function keyed(parent: Path, key: string): Path {
  return { parent, step: key, shown: `[${key}]` };
}

/** `spec.containers[0].securityContext` */
export function pathText(path: Path | undefined): string {
  let text = "";
  for (let link = path; link !== undefined; link = link.parent) text = link.shown + text;
  return text.startsWith(".") ? text.slice(1) : text;
}

/** `["spec", "containers", 0, "securityContext"]` */
export function pathSteps(path: Path | undefined): FieldPath {
  const steps: (string | number)[] = [];
  for (let link = path; link !== undefined; link = link.parent) steps.push(link.step);
  return steps.reverse();
}
