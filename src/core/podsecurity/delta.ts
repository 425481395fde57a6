// What a pod lacks to reach a level: the fields to change, as data; and the pod with them changed.
import { type FieldPath, toPointer } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { KubeMinor } from "../model/version.ts";
import type { Change, CheckId } from "./check.ts";
import { evaluatePod } from "./evaluate.ts";
import { highestLevel } from "./highestLevel.ts";
import { LEVELS, type Level } from "./level.ts";
import { isObject, viewPod } from "./podView.ts";

/**
 * `to` replaces `from` at `path` (relative to the pod); undefined is an absent field. What the author wrote and the
 * level forbids has a `from`: whether the program can live without it is for a person to say.
 */
export interface LevelChange extends Change {
  readonly check: CheckId;
}

/** The changes that make the pod reach a level, in the order of the checks; none if it is there. */
export function deltaTo(pod: Pod, level: Level, version: KubeMinor): LevelChange[] {
  const changes = new Map<string, LevelChange>();
  for (const { check, offences } of evaluatePod(viewPod(pod), level, version)) {
    for (const change of offences.flatMap((offence) => offence.changes)) {
      const at = toPointer(change.path);
      if (!changes.has(at)) changes.set(at, { ...change, check });
    }
  }
  return [...changes.values()];
}

export interface NextLevel {
  readonly level: Level;
  readonly changes: readonly LevelChange[];
}

/** The level above the highest that the pod meets, and what it lacks to reach it; undefined at the top. */
export function deltaToNext(pod: Pod, version: KubeMinor): NextLevel | undefined {
  const level = LEVELS[LEVELS.indexOf(highestLevel(pod, version)) + 1];
  return level === undefined ? undefined : { level, changes: deltaTo(pod, level, version) };
}

/** The pod (or any object) with the changes made; what is not changed is shared with the old one. */
export function applyChanges<T extends object>(object: T, changes: readonly Change[]): T {
  let changed: unknown = object;
  for (const { path, to } of changes) changed = withValue(changed, path, to);
  return changed as T;
}

/** Objects on the way are made where they are missing, null or no objects; but not to take something out of them. */
function withValue(value: unknown, path: FieldPath, to: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.with(step, withValue(list[step], rest, to));
  }
  const object: Readonly<Record<string, unknown>> = isObject(value) ? { ...value } : {};
  const { [step]: old, ...others } = object;
  if (to === undefined && old === undefined) return value;
  const changed = withValue(old, rest, to);
  return changed === undefined ? others : { ...object, [step]: changed };
}
