// What is no manifest but becomes one, and how it gets to the command that reads it.
import { dirname } from "node:path";

const TEMPLATE = "a Helm template ";
const CHART = "a Helm chart ";
const KUSTOMIZATION = "a kustomization ";
const PATCH = "a kustomize patch of ";

export function helmTemplate(command: string): string {
  return `${TEMPLATE}(${rendered("helm template …", command)})`;
}

export function helmChart(command: string): string {
  return `${CHART}(${rendered("helm template …", command)})`;
}

export function kustomization(command: string): string {
  return `${KUSTOMIZATION}(${rendered("kustomize build …", command)})`;
}

/** Part of an object, which is whole only in what its kustomization builds. @param file the kustomization */
export function kustomizePatch(file: string, command: string): string {
  return `${PATCH}${file} (${rendered(`kustomize build ${dirname(file)}`, command)})`;
}

/** Is this why something was skipped: what it becomes was not looked at? */
export function isTemplateReason(reason: string): boolean {
  return [TEMPLATE, CHART, KUSTOMIZATION, PATCH].some((words) => reason.startsWith(words));
}

/** `diff` needs another beside it; `init` looks at files that stay. */
function rendered(by: string, command: string): string {
  if (command === "diff") return `${by} | secctx diff BEFORE -`;
  return `${by} | secctx ${command === "init" ? "check" : command} -`;
}
