// What dockerd does in silence and a person should know: it ignores or replaces something without a word.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import { capabilityFindings } from "./capabilityFindings.ts";
import type { CreatedContainer } from "./create.ts";
import type { DockerAnswer, DockerInput } from "./docker.ts";
import type { Facts } from "./facts.ts";
import { isHost, isValidPidMode, isValidUtsMode } from "./modes.ts";
import { profileFindings } from "./profileFindings.ts";
import { originOf } from "./report.ts";
import type { CreateRequest } from "./request.ts";
import { userFindings } from "./userFindings.ts";

/** Our words about one thing; `path` is spelled as in the pod: from its container, or from the pod when it begins with `spec`. */
export interface Remark {
  readonly id: string;
  readonly severity: Exclude<Severity, "refusal">;
  readonly field: string;
  readonly path: FieldPath;
  readonly message: string;
}

export interface Remarkable {
  readonly request: CreateRequest;
  /** Absent where it was not created. */
  readonly container: CreatedContainer | undefined;
  readonly input: DockerInput;
  readonly out: DockerAnswer;
  readonly facts: Facts;
}

export function findingsOf(of: Remarkable): Finding[] {
  // Of a request that was refused nobody asks what else is in it.
  if (of.container === undefined) return [];
  const remarks = [
    ...capabilityFindings(of),
    ...profileFindings(of),
    ...userFindings(of),
    ...selinuxFindings(of),
    ...modeFindings(of),
  ];
  return remarks.map(({ id, ...remark }) => ({
    id: `docker.${id}`,
    stage: "docker",
    ...remark,
    origin: originOf(of.facts.world),
  }));
}

const SELINUX = { field: "seLinuxOptions", path: ["securityContext", "seLinuxOptions"] } as const;

function selinuxFindings({ request, container, facts }: Remarkable): Remark[] {
  const isOwn = request.securityOpt.some((opt) => opt.startsWith("label="));
  const labels = container?.options.labels.filter((option) => option !== "disable") ?? [];
  if (!facts.seLinuxEnabled) {
    if (labels.length === 0) return [];
    if (facts.world.node.seLinuxUntold === true) {
      const message = "a node without SELinux ignores the label options and sets no label";
      return [{ id: "selinuxIgnored", severity: "note", ...SELINUX, message }];
    }
    const where = facts.world.node.seLinux
      ? "dockerd runs without --selinux-enabled"
      : "the host has no SELinux";
    const message = `${where}: the label options are ignored and no label is set`;
    return [{ id: "selinuxIgnored", severity: "warning", ...SELINUX, message }];
  }
  if (request.privileged && labels.length > 0) {
    const message =
      "a privileged container's process gets no SELinux label, though inspect shows one: only its mounts take user, level and filetype of the options";
    return [{ id: "privilegedIgnoresSelinux", severity: "warning", ...SELINUX, message }];
  }
  const shares = isHost(request.pidMode) ? "PID" : isHost(request.ipcMode) ? "IPC" : undefined;
  if (isOwn || request.privileged || shares === undefined) return [];
  const message = `in the host's ${shares} namespace a container without label options runs without an SELinux label`;
  return [{ id: "hostNamespaceUnlabelled", severity: "warning", ...SELINUX, message }];
}

function modeFindings({ request }: Remarkable): Remark[] {
  const { pidMode, utsMode, usernsMode } = request;
  const remarks: Remark[] = [];
  const ignored = (id: string, field: string, message: string) =>
    remarks.push({ id, severity: "warning", field, path: ["spec", field], message });
  if (!isValidPidMode(pidMode) && !pidMode.startsWith("container:")) {
    ignored(
      "pidModeIgnored",
      "hostPID",
      `this dockerd does not look at PidMode "${pidMode}": the container gets a PID namespace of its own`,
    );
  }
  if (!isValidUtsMode(utsMode)) {
    ignored(
      "utsModeIgnored",
      "hostNetwork",
      `this dockerd does not look at UTSMode "${utsMode}": the container gets a UTS namespace of its own`,
    );
  }
  if (usernsMode !== "" && !isHost(usernsMode)) {
    ignored(
      "usernsModeIgnored",
      "hostUsers",
      `UsernsMode "${usernsMode}" does nothing: without userns-remap a container runs in the host's user namespace, its root is the host's root`,
    );
  }
  return remarks;
}
