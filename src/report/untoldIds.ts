// Which ids of a predicted /proc/1/status rest on files of the image that nobody told: they are shown as not known, never as facts.
import type { ExplainLine, ExplainSetting, KernelContainer } from "../core/answers/explain.ts";

export type UntoldId = "Gid" | "Groups";

/** Empty where all is known. */
export function untoldIds(
  { name, unknown = [] }: KernelContainer,
  { settings }: Pick<ExplainLine, "settings">,
): readonly UntoldId[] {
  if (!unknown.some((part) => part.startsWith("image."))) return [];
  const own = settings.filter(({ container }) => container === name);
  const isUntold = (field: string): boolean => {
    const setting = own.find((one) => one.field === field);
    return setting === undefined || isOfUnknownFiles(setting);
  };
  // The first of the groups is the gid.
  if (isUntold("runAsGroup")) return ["Gid", "Groups"];
  return isUntold("supplementalGroups") ? ["Groups"] : [];
}

function isOfUnknownFiles({ value, source }: ExplainSetting): boolean {
  return value === null && source.kind === "image";
}

/** `Gid and Groups: the image's files are not known`; empty for none. */
export function untoldText(ids: readonly UntoldId[]): string {
  return ids.length === 0 ? "" : `${ids.join(" and ")}: the image's files are not known`;
}
