// What a pod asks for that a Windows kubelet leaves out: fields of Linux, some of which it logs, and none of which it refuses.
import type { FieldName } from "../fields/card.ts";
import type { FieldPath } from "../model/finding.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import { determineEffectiveSecurityContext, type EffectiveContext } from "./effective.ts";
import type { Notes } from "./notes.ts";

interface LinuxField {
  /** The value that asks for nothing: nobody misses it. */
  readonly idle?: unknown;
  /** The kubelet's words in its log, of containers with runAsNonRoot. */
  readonly logs?: string;
  /** What is still sent. */
  readonly but?: string;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context_windows.go verifyRunAsNonRoot */
const LINUX_ONLY: Readonly<Partial<Record<FieldName, LinuxField>>> = {
  seLinuxOptions: {
    logs: "Windows container does not support SecurityContext.SELinuxOptions, please use SecurityContext.WindowsOptions",
  },
  runAsUser: {
    logs: "Windows container does not support SecurityContext.RunAsUser, please use SecurityContext.WindowsOptions",
  },
  runAsGroup: { logs: "Windows container does not support SecurityContext.RunAsGroup" },
  fsGroup: {},
  fsGroupChangePolicy: {},
  seccompProfile: {},
  appArmorProfile: {},
  seLinuxChangePolicy: {},
  capabilities: {},
  privileged: { idle: false, but: "the sandbox alone is asked for as privileged" },
  readOnlyRootFilesystem: { idle: false },
  allowPrivilegeEscalation: { idle: true },
  procMount: { idle: "Default" },
  hostUsers: { idle: true },
};

/** Does no container of a Windows node get it? */
export function isLinuxOnly(name: FieldName): boolean {
  return LINUX_ONLY[name] !== undefined;
}

/** The ids and labels that the sandbox's Linux configuration has on Linux alone. @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_sandbox.go generatePodSandboxLinuxConfig */
export function withoutLinuxIds(podLevel: EffectiveContext): EffectiveContext {
  const { runAsUser, runAsGroup, fsGroup, seLinuxOptions, ...others } = podLevel;
  return others;
}

/** One note per field and place where the author wrote it. */
export function noteLinuxFields(pod: Pod, podLevel: EffectiveContext, notes: Notes): void {
  const contexts = containersOf(pod.spec).map((container) => {
    return { container, effective: determineEffectiveSecurityContext(pod, container) };
  });
  const seen = new Set<string>();
  const write = (context: EffectiveContext, isLogged: boolean, container?: string): void => {
    for (const [name, facts] of Object.entries(LINUX_ONLY) as [FieldName, LinuxField][]) {
      const setting = context[name];
      if (setting?.source.kind !== "manifest" || setting.value === facts.idle) continue;
      const { path } = setting.source;
      const key = path.join("/");
      if (seen.has(key)) continue;
      seen.add(key);
      notes.findings.push(note(name, path, messageOf(name, facts, isLogged), notes, container));
    }
  };
  write(
    podLevel,
    contexts.some(({ effective }) => effective.runAsNonRoot?.value === true),
  );
  for (const { container, effective } of contexts) {
    write(effective, effective.runAsNonRoot?.value === true, container.container.name);
  }
}

function messageOf(name: FieldName, { logs, but }: LinuxField, isLogged: boolean): string {
  const left = `a Windows node's kubelet leaves ${name} out`;
  if (isLogged && logs !== undefined) return `${left} and logs: ${logs}`;
  return but === undefined ? left : `${left}: ${but}`;
}

function note(
  field: FieldName,
  path: FieldPath,
  message: string,
  { origin }: Notes,
  container: string | undefined,
): Notes["findings"][number] {
  const finding = { id: "kubelet.linuxOnly", stage: "kubelet", severity: "note" } as const;
  const about = container === undefined ? { field } : { container, field };
  return { ...finding, ...about, path, message, origin };
}
