// `check`: what refuses or warns about a pod, at every stage and version that is asked; the level that it meets; and its risks.
import type { PodDocument } from "../manifest/manifest.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import { type AlikeMemory, judgeAlike, newAlikeMemory } from "./alike/alike.ts";
import type { CheckedPod, CheckFinding } from "./checked.ts";
import { toCheckFinding } from "./checkFinding.ts";
import { withPodFixes } from "./fix/podFix.ts";
import { judgePod, type RuntimeMemos } from "./judge.ts";
import { headOf } from "./place.ts";

/** Kept by whoever checks many pods at the same level in the same worlds: what was said of pods alike. */
export interface CheckMemory {
  readonly runtime: RuntimeMemos;
  readonly alike: AlikeMemory;
}

export function newCheckMemory(): CheckMemory {
  return { runtime: new Map(), alike: newAlikeMemory() };
}

export interface CheckOptions {
  /** Absent: what the namespace enforces, else restricted. */
  readonly level?: Level;
  /** The file's name in fingerprints, the same from wherever it is checked. Default: as the document calls it. */
  readonly named?: string;
  /** Findings carry the lines around their place. */
  readonly excerpts?: boolean;
  /** Findings carry edits that mend them and can be made alone, where nothing needs to be known for that. */
  readonly fixes?: boolean;
  /** The pod carries what `fix` would write, hunk by hunk, and its findings which of it mends them. */
  readonly suggestions?: boolean;
  /** One for all pods, levels and worlds alike; the answers are the same without it. */
  readonly memory?: CheckMemory;
}

/**
 * One pod (or the template of a workload) in every world given, the oldest Kubernetes first: the same finding in several
 * of them is told once, in the words of the newest, with the versions that have it. Verdicts are those of the newest.
 * @param worlds at least one; they differ in `kubernetes` alone
 * @example
 * const { pods } = readManifest(text, "pod.yaml");
 * const { podSecurity, findings } = checkPodDocument(pods[0], [composeWorld({})], { level: "baseline" });
 */
export function checkPodDocument(
  document: PodDocument,
  worlds: readonly [World, ...World[]],
  options: CheckOptions = {},
): CheckedPod {
  const {
    level,
    memory,
    named = document.file,
    excerpts = false,
    suggestions = false,
    fixes = false,
  } = options;
  const newest = worlds.at(-1) ?? worlds[0];
  const judge = (one: PodDocument) => judgePod(one, worlds, level, memory?.runtime);
  const judged =
    memory === undefined ? judge(document) : judgeAlike(document, newest, memory.alike, judge);
  const pod: CheckedPod = {
    ...headOf(document, newest),
    podSecurity: judged.podSecurity,
    findings: judged.findings.map((one) => toCheckFinding(one, document, { excerpts, named })),
    ...(judged.unverified === undefined ? {} : { unverified: judged.unverified }),
  };
  if (!fixes && !suggestions) return pod;
  const asked = {
    ...{ fixes, suggestions },
    ...(level === undefined ? {} : { level }),
    ...(memory === undefined ? {} : { memory }),
  };
  return withPodFixes([{ pod, document, worlds }], asked)[0] ?? pod;
}

export type { CheckedPod, CheckFinding };
