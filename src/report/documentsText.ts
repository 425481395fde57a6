// The documents of the stages, as JSON, where `explain --show` asks for them.
import type { ExplainLine } from "../core/answers/explain.ts";
import type { ProcStatus } from "../core/model/proc.ts";
import { writeJson } from "../core/rules/json.ts";
import type { Style } from "./style.ts";
import { type UntoldId, untoldIds, untoldText } from "./untoldIds.ts";

/** A heading and the JSON for every document asked for; the sandbox's come first. */
export function documentsText(
  line: ExplainLine,
  shown: { readonly containers: readonly string[]; readonly documents: readonly string[] },
  style: Style,
): string[] {
  const out: string[] = [];
  const add = (title: string, document: unknown) => {
    if (document === null || document === undefined) return;
    out.push("", style.bold(title), writeJson(document, { indent: 2 }));
  };
  const wanted = ({ name }: { name: string }) =>
    shown.containers.length === 0 || shown.containers.includes(name);
  for (const kind of shown.documents) {
    if (kind === "apiserver") add("PodSpec after defaulting", line.apiserver.spec);
    if (kind === "cri") {
      add("CRI PodSandboxConfig", line.kubelet?.sandbox);
      for (const { name, config } of line.kubelet?.containers.filter(wanted) ?? []) {
        add(`CRI ContainerConfig of ${name}`, config);
      }
    }
    for (const { name, spec, hostConfig, config } of line.runtime?.containers.filter(wanted) ??
      []) {
      if (kind === "oci") add(`OCI spec of ${name}`, spec);
      if (kind === "docker" && hostConfig !== null) {
        add(`Docker create request of ${name}`, { ...config, HostConfig: hostConfig });
      }
    }
    if (kind === "status") {
      for (const container of line.kernel?.containers.filter(wanted) ?? []) {
        const { name, status } = container;
        const untold = untoldIds(container, line);
        const why = untold.length === 0 ? "" : ` (${untoldText(untold)})`;
        add(`/proc/1/status of ${name}${why}`, withoutIds(status, untold));
      }
    }
  }
  return out;
}

function withoutIds(status: ProcStatus | null, untold: readonly UntoldId[]): object | null {
  if (status === null || untold.length === 0) return status;
  const told = Object.entries(status).filter(([name]) => !untold.includes(name as UntoldId));
  return Object.fromEntries(told);
}
