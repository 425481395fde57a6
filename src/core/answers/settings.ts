// The settings of a journey: for each container every securityContext field in the API's terms, with its source and what it replaced.

import type { FieldName } from "../fields/card.ts";
import { FIELDS } from "../fields/fields.ts";
import type { Journey } from "../journey.ts";
import { determineEffectiveSecurityContext } from "../kubelet/effective.ts";
import { type ContainerAt, containersOf } from "../model/pod.ts";
import type { Trace } from "../model/report.ts";
import type { Setting } from "../model/setting.ts";
import { groupBy } from "../rules/groupBy.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import { RULES, type SettingFacts } from "./settingRules.ts";
import { windowsSetting } from "./windowsSetting.ts";

export interface SettingRow {
  readonly container: string;
  readonly field: FieldName;
  readonly setting: Setting<unknown>;
}

/** Rows in the order of the containers, and within one in the order of the field cards. */
export function settingsOf(journey: Journey): SettingRow[] {
  const { pod, kubelet } = journey;
  if (pod === null) return [];
  const isWindows = nodeOs(journey.world) === "windows";
  const rows: SettingRow[] = [];
  for (const at of containersOf(pod.spec)) {
    const facts = factsOf(journey, at, kubelet?.trace ?? []);
    for (const { name } of FIELDS) {
      const setting = isWindows ? windowsSetting(name, facts) : RULES[name](facts);
      if (setting !== undefined) rows.push({ container: at.container.name, field: name, setting });
    }
  }
  return rows;
}

function factsOf(journey: Journey, at: ContainerAt, kubelet: readonly Trace[]): SettingFacts {
  const { name } = at.container;
  const walk = journey.containers?.find((container) => container.name === name);
  const pod = journey.pod ?? { spec: { containers: [] } };
  return {
    world: journey.world,
    effective: determineEffectiveSecurityContext(pod, at),
    byKubelet: tracesOf(kubelet.filter((trace) => trace.container === name)),
    byRuntime: tracesOf(walk?.trace ?? []),
    sandboxSpec: walk?.sandboxSpec ?? undefined,
    unknown: walk?.unknown ?? [],
  };
}

function tracesOf(traces: readonly Trace[]): ReadonlyMap<string, readonly Setting<unknown>[]> {
  const byField = groupBy(traces, ({ field }) => field);
  return new Map(
    [...byField].map(([field, group]) => [field, group.map(({ setting }) => setting)]),
  );
}
