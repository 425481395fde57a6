// The documents of the stages, as JSON, where `explain --show` asks for them.
import type { ExplainLine } from "../core/answers/explain.ts";
import { writeJson } from "../core/rules/json.ts";
import type { Style } from "./style.ts";

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
      for (const { name, status } of line.kernel?.containers.filter(wanted) ?? []) {
        add(`/proc/1/status of ${name}`, status);
      }
    }
  }
  return out;
}
