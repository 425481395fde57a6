// What is no manifest but becomes one, and how it gets to the command that was called.

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

/** Is this why something was skipped: what it becomes was not looked at? */
export function isTemplateReason(reason: string): boolean {
  return [helmTemplate(), helmChart(), kustomization()].includes(reason);
}

/** `diff` needs another beside it; `init` looks at files that stay. */
function rendered(by: string): string {
  if (called === "diff") return `${by} | secctx diff BEFORE -`;
  return `${by} | secctx ${called === "init" ? "check" : called} -`;
}
