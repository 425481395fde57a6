// The changes that bring a pod to a level at several Kubernetes versions: what one asks is given to all, or nothing is.
import type { Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { Level } from "../../podsecurity/level.ts";
import { type LevelPlanOptions, levelPlan } from "./levelPlan.ts";
import { type PodPlan, planned } from "./podPlan.ts";

export function levelPlans(
  pod: Pod,
  level: Level,
  worlds: readonly World[],
  told: LevelPlanOptions,
): PodPlan {
  const steps = worlds.map((world) => (current: Pod) => levelPlan(current, level, world, told));
  const { changes, notes: all } = planned(pod, steps);
  const notes = [...new Map(all.map((note) => [JSON.stringify(note), note])).values()];
  const isOutOfReach = notes.some(({ kind }) => kind === "left");
  if (!isOutOfReach || told.options.addOnly === true) return { changes, notes };
  return { changes: [], notes: notes.filter(({ kind }) => kind === "left" || kind === "accepted") };
}
