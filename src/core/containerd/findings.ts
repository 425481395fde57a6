// What containerd does in silence and a person should know: it ignores, replaces or adds something without a word.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { capabilityFindings } from "./capabilityFindings.ts";
import type { ContainerdAnswer, ContainerdInput } from "./containerd.ts";
import type { Facts } from "./facts.ts";
import { profileFindings } from "./profileFindings.ts";
import { isEmpty } from "./selinux.ts";
import { userFindings } from "./userFindings.ts";

/** Our words about one thing; `path` is spelled as in the pod: from its container, or from the pod when it begins with `spec`. */
export interface Remark {
  readonly id: string;
  readonly severity: Exclude<Severity, "refusal">;
  readonly field: string;
  readonly path: FieldPath;
  readonly message: string;
}

/** A container as containerd made it, and what of. */
export interface Remarkable {
  readonly sc: CriSecurityContext;
  readonly sandboxSc: CriSecurityContext;
  readonly input: ContainerdInput;
  readonly out: ContainerdAnswer;
  readonly facts: Facts;
}

export function findingsOf(of: Remarkable): Finding[] {
  const remarks = [
    ...capabilityFindings(of),
    ...profileFindings(of),
    ...userFindings(of),
    ...selinuxFindings(of),
    ...podFindings(of),
  ];
  if (remarks.length === 0) return [];
  const origin = `containerd ${of.facts.world.runtime.version}`;
  return remarks.map(({ id, severity, field, path, message }) => ({
    id: `containerd.${id}`,
    stage: "containerd",
    severity,
    field,
    path,
    message,
    origin,
  }));
}

function selinuxFindings({ sc, facts }: Remarkable): Remark[] {
  if (sc.selinux === undefined || isEmpty(sc.selinux)) return [];
  const about = { field: "seLinuxOptions", path: ["securityContext", "seLinuxOptions"] };
  if (!facts.seLinuxEnabled && facts.world.node.seLinuxUntold === true) {
    const message = "a node without SELinux ignores the SELinux options and sets no label";
    return [{ id: "selinuxIgnored", severity: "note", ...about, message }];
  }
  if (!facts.seLinuxEnabled) {
    const where = facts.world.node.seLinux
      ? "containerd's enable_selinux is off"
      : "the host has no SELinux";
    const message = `${where}: the SELinux options are ignored and no label is set`;
    return [{ id: "selinuxIgnored", severity: "warning", ...about, message }];
  }
  if (sc.privileged) {
    const message =
      "a privileged container's process gets no SELinux label: only its mounts take user and level of the options";
    return [{ id: "privilegedIgnoresSelinux", severity: "warning", ...about, message }];
  }
  if (sc.selinux.level !== "") return [];
  const message =
    "SELinux options without a level: the container gets random categories of its own, others than the rest of its pod, and cannot share volumes with it";
  return [{ id: "freshCategories", severity: "warning", ...about, message }];
}

function podFindings({ sc, sandboxSc, input, facts }: Remarkable): Remark[] {
  const { release } = facts;
  const remarks: Remark[] = [];
  if (!release.userNamespaces && sandboxSc.userns?.mode === "POD") {
    remarks.push({
      id: "usernsIgnored",
      severity: "warning",
      field: "hostUsers",
      path: ["spec", "hostUsers"],
      message:
        "this containerd knows no user namespaces for pods: the container runs in the host's, its root is the host's root",
    });
  }
  for (const [kind, field] of [
    ["network", "hostNetwork"],
    ["ipc", "hostIPC"],
  ] as const) {
    if (sc[kind] === sandboxSc[kind]) continue;
    const message = `the container's ${kind} namespace is its sandbox's (${sandboxSc[kind]}), whatever it asks for itself (${sc[kind]})`;
    remarks.push({
      id: "namespaceOfSandbox",
      severity: "note",
      field,
      path: ["spec", field],
      message,
    });
  }
  for (const [index, mount] of (input.mounts ?? []).entries()) {
    if (mount.recursive_read_only !== true || release.recursiveReadOnly) continue;
    const message = `this containerd knows no recursive read-only mounts: what is mounted below ${mount.container_path} stays writable`;
    const path = ["volumeMounts", index, "recursiveReadOnly"];
    remarks.push({
      id: "recursiveReadOnlyIgnored",
      severity: "warning",
      field: "recursiveReadOnly",
      path,
      message,
    });
  }
  return remarks;
}
