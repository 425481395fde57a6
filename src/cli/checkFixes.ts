// Of which checked pods the edits of `fix` are told with the findings: of few, since they take longer than the check.
import { newCheckMemory } from "../core/answers/check.ts";
import type { CheckedPod, CheckFinding } from "../core/answers/checked.ts";
import { type PodWithSource, withPodFixes } from "../core/answers/fix/podFix.ts";
import type { Level } from "../core/podsecurity/level.ts";
import type { Output } from "./checkOutputs.ts";
import { areLong } from "./checkStreamed.ts";
import type { OptionValues } from "./command.ts";
import type { ReadInput } from "./inputs/mended.ts";

/** Of so many pods each. */
export interface FixesAsked {
  /** Told by the pod, for people; absent where nobody reads. */
  readonly suggestions?: number;
  /** Told by the finding, for programs. */
  readonly fixes: number;
}

/** Of more pods nobody reads them; those of one document are planned together, or not at all. */
const FEW = 100;
const FORMS_FOR_PEOPLE: readonly string[] = ["text", "markdown", "html"];

export function fixesAsked(
  outputs: readonly Output[],
  inputs: readonly ReadInput[],
  options: OptionValues,
): FixesAsked {
  const isForPeople = outputs.some(({ form }) => FORMS_FOR_PEOPLE.includes(form));
  const isWhole = options["fixes"] === true || outputs.some(({ form }) => form === "sarif");
  return {
    ...(isForPeople ? { suggestions: areLong(inputs) ? 0 : FEW } : {}),
    fixes: isWhole ? Number.POSITIVE_INFINITY : 0,
  };
}

function isOpen({ suppressed }: CheckFinding): boolean {
  return suppressed === undefined;
}

export interface Fixer {
  /** @param pods all of one document; what is accepted of them is known */
  fix(pods: readonly PodWithSource[]): readonly CheckedPod[];
  /** Pods with findings of which people are not told. */
  readonly untold: number;
}

export function fixerOf({ suggestions, fixes }: FixesAsked, level: Level | undefined): Fixer {
  let seen = 0;
  let untold = 0;
  const memory = newCheckMemory();
  return {
    fix(pods) {
      if (suggestions === undefined && fixes === 0) return pods.map(({ pod }) => pod);
      const found = pods.filter(({ pod }) => pod.findings.some(isOpen)).length;
      if (found === 0) return pods.map(({ pod }) => pod);
      const asked = { suggestions: seen + found <= (suggestions ?? 0), fixes: seen < fixes };
      seen += found;
      if (!asked.suggestions && suggestions !== undefined) untold += found;
      if (!asked.suggestions && !asked.fixes) return pods.map(({ pod }) => pod);
      return withPodFixes(pods, { ...asked, memory, ...(level === undefined ? {} : { level }) });
    },
    get untold() {
      return untold;
    },
  };
}
