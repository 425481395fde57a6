// What a pod lacks to reach a level: the fields to change, as data.
import { toPointer } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import type { KubeMinor } from "../model/version.ts";
import type { Change, CheckId } from "./check.ts";
import { evaluatePod } from "./evaluate.ts";
import { highestLevel } from "./highestLevel.ts";
import { LEVELS, type Level } from "./level.ts";
import { viewPod } from "./podView.ts";

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
