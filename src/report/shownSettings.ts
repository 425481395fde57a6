// Which settings people see and in which order: what decides about the process first, what nobody touched last or not at all.
import type { ExplainSetting } from "../core/answers/explain.ts";

/** Always shown, in this order. */
const ALWAYS = [
  "runAsUser",
  "runAsGroup",
  "supplementalGroups",
  "fsGroup",
  "runAsNonRoot",
  "privileged",
  "allowPrivilegeEscalation",
  "capabilities",
  "readOnlyRootFilesystem",
  "seccompProfile",
  "appArmorProfile",
  "seLinuxOptions",
  "procMount",
] as const;

/** Shown when somebody wrote them, or when they are not what they nearly always are. */
const WHEN_SET = [
  "hostUsers",
  "hostNetwork",
  "hostPID",
  "hostIPC",
  "shareProcessNamespace",
  "sysctls",
  "supplementalGroupsPolicy",
  "fsGroupChangePolicy",
  "seLinuxChangePolicy",
  "windowsOptions",
] as const;

/** `-o json` has them all. */
export function shownSettings(settings: readonly ExplainSetting[]): ExplainSetting[] {
  const byField = new Map(settings.map((setting) => [setting.field, setting]));
  const always = ALWAYS.flatMap((field) => byField.get(field) ?? []);
  const set = WHEN_SET.flatMap((field) => byField.get(field) ?? []);
  return [...always, ...set.filter(isTouched)];
}

function isTouched({ source, was }: ExplainSetting): boolean {
  return source.kind === "manifest" || source.kind === "image" || was !== undefined;
}
