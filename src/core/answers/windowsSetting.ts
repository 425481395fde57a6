// Whose word holds for a field on a Windows node: the kubelet's, which is the last that can be told.
import type { FieldName } from "../fields/card.ts";
import { isLinuxOnly } from "../kubelet/linuxOnly.ts";
import type { Setting } from "../model/setting.ts";
import { RULES, type SettingFacts } from "./settingRules.ts";

/** undefined: nothing to tell; a field of Linux is told only where the author wrote it. */
export function windowsSetting(name: FieldName, facts: SettingFacts): Setting<unknown> | undefined {
  const { effective, byKubelet } = facts;
  if (name === "windowsOptions") return byKubelet.get(name)?.[0] ?? effective.windowsOptions;
  if (!isLinuxOnly(name)) return RULES[name](facts);
  const was = effective[name];
  return was && { value: null, source: { kind: "node", fact: "it runs Windows" }, was };
}
