// What is no manifest but becomes one, and how it gets to the command that was called.
import { dirname } from "node:path";

let called = "check";

/** Told once, when the command line is read. */
export function namedAs(command: string): void {
  called = command;
}

export function helmTemplate(): string {
  return `a Helm template (${rendered("helm template …")})`;
}

export function helmChart(): string {
  return `a Helm chart (${rendered("helm template …")})`;
}

export function kustomization(): string {
  return `a kustomization (${rendered("kustomize build …")})`;
}

/** Part of an object, which is whole only in what its kustomization builds. @param file the kustomization */
export function kustomizePatch(file: string): string {
  return `${PATCH}${file} (${rendered(`kustomize build ${dirname(file)}`)})`;
}

const PATCH = "a kustomize patch of ";

/** Is this why something was skipped: what it becomes was not looked at? */
export function isTemplateReason(reason: string): boolean {
  const isPatch = reason.startsWith(PATCH);
  return isPatch || [helmTemplate(), helmChart(), kustomization()].includes(reason);
}

/** `diff` needs another beside it; `init` looks at files that stay. */
function rendered(by: string): string {
  if (called === "diff") return `${by} | secctx diff BEFORE -`;
  return `${by} | secctx ${called === "init" ? "check" : called} -`;
}
