// The settings of a journey: the traces of all stages, folded to one chain per container and field.
import type { Journey } from "../journey.ts";
import type { Trace } from "../model/report.ts";
import type { Setting } from "../model/setting.ts";

export interface SettingRow {
  /** Absent: it holds for the whole pod. */
  readonly container?: string;
  readonly field: string;
  readonly setting: Setting<unknown>;
}

/**
 * One row per container and field, in the order of the containers and of the stages that set the fields. A later stage's
 * setting replaces an earlier one's, which stays as its `was`.
 */
export function settingsOf(journey: Journey): SettingRow[] {
  const traces: Trace[] = [
    ...(journey.kubelet?.trace ?? []),
    ...(journey.containers ?? []).flatMap(({ name, trace }) =>
      trace.map((entry) => ({ ...entry, container: entry.container ?? name })),
    ),
  ];
  const rows = new Map<string, SettingRow>();
  for (const { container, field, setting } of traces) {
    const key = `${container ?? ""}\0${field}`;
    const earlier = rows.get(key)?.setting;
    rows.set(key, {
      ...(container === undefined ? {} : { container }),
      field,
      setting: earlier === undefined ? setting : behind(setting, earlier),
    });
  }
  return [...rows.values()];
}

/** Hangs `earlier` behind the last setting that `later` replaced. */
function behind(later: Setting<unknown>, earlier: Setting<unknown>): Setting<unknown> {
  return { ...later, was: later.was === undefined ? earlier : behind(later.was, earlier) };
}
