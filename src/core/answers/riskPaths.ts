// Where risks look in a pod: what a setting's author wrote, a volume's source, and every file mode.
import type { FieldPath } from "../model/finding.ts";
import type { Pod, Volume } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";

/** The author's own line, at whichever level; else the container. */
export function originPath(setting: Setting<unknown> | undefined, container: FieldPath): FieldPath {
  return setting?.source.kind === "manifest" ? setting.source.path : container;
}

/** The key beside `name`: `emptyDir`. */
export function sourceOf(volume: Volume): string | undefined {
  return Object.keys(volume).find((key) => key !== "name" && volume[key] !== null);
}

export interface ModeAt {
  readonly path: FieldPath;
  readonly mode: number;
  /** `secret`, `configMap`, … */
  readonly source: string;
}

/** Every defaultMode of a volume and mode of an item. */
export function modesOf({ spec }: Pod): ModeAt[] {
  return (spec.volumes ?? []).flatMap((volume, index) => {
    const source = sourceOf(volume);
    if (source === undefined) return [];
    const path = ["spec", "volumes", index, source];
    const value = volume[source];
    if (source !== "projected") return modesIn(value, source, path);
    const { sources } = asRecord(value);
    const inner = Array.isArray(sources) ? sources : [];
    return [
      ...modesIn(value, source, path),
      ...inner.flatMap((one, at) =>
        Object.entries(asRecord(one)).flatMap(([name, part]) =>
          modesIn(part, name, [...path, "sources", at, name]),
        ),
      ),
    ];
  });
}

function modesIn(value: unknown, source: string, path: FieldPath): ModeAt[] {
  const { defaultMode, items } = asRecord(value);
  const own =
    typeof defaultMode === "number"
      ? [{ path: [...path, "defaultMode"], mode: defaultMode, source }]
      : [];
  const ofItems = (Array.isArray(items) ? items : []).flatMap((item, at) => {
    const { mode } = asRecord(item);
    return typeof mode === "number" ? [{ path: [...path, "items", at, "mode"], mode, source }] : [];
  });
  return [...own, ...ofItems];
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
