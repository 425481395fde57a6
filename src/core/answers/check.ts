// `check`: what refuses or warns about a pod, at every stage and version that is asked; the level that it meets; and its risks.
import type { RuntimeMemo } from "../journey/runtime.ts";
import { findingsOf, type Journey, type JourneyOptions, walk } from "../journey.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { KubeMinor } from "../model/version.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import type { CheckedPod, CheckFinding } from "./checked.ts";
import { toCheckFinding } from "./checkFinding.ts";
import { judgeLevels, type LevelAnswer, levelOf } from "./levels.ts";
import { headOf } from "./place.ts";
import { risksOf } from "./risks.ts";
import type { AtVersion } from "./upgrade.ts";
import { upgradeFindings } from "./upgrades.ts";

export interface CheckOptions {
  /** Absent: what the namespace enforces, else restricted. */
  readonly level?: Level;
  /** Findings carry the lines around their place. */
  readonly excerpts?: boolean;
  /** Findings carry the edits that mend them, where nothing needs to be known for that. */
  readonly fixes?: boolean;
  /** Kept by whoever checks many pods in the same worlds: what the runtime answers to documents alike, by Kubernetes minor. */
  readonly memos?: Map<KubeMinor, RuntimeMemo>;
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
  const found = new Map<string, Found>();
  const range: AtVersion[] = [];
  let newest: { readonly journey: Journey; readonly levels: LevelAnswer } | undefined;
  for (const told of worlds) {
    const world = onItsNode(document, told);
    const journey = walk(document, world, memoOf(world, told, options));
    const levels = judgeLevels(document, options.level ?? levelOf(world), world);
    newest = { journey, levels };
    const findings = allOf(journey, levels);
    for (const finding of findings) remember(found, finding, world.kubernetes);
    if (worlds.length > 1) range.push({ journey, findings });
  }
  for (const { finding, at } of upgradeFindings(range)) {
    remember(found, finding, at.journey.world.kubernetes);
  }
  if (newest === undefined) throw new RangeError("no world to check in");
  const { journey, levels } = newest;
  const asked = worlds.length;
  const { excerpts = false, fixes = false } = options;
  return {
    ...verdictsOf(journey, levels),
    findings: [...found.values()].map(({ finding, versions }) =>
      toCheckFinding(finding, journey, {
        excerpts,
        fixes,
        ...(asked > 1 ? { versions } : {}),
      }),
    ),
    ...(journey.unverified.length === 0 ? {} : { unverified: journey.unverified }),
  };
}

/** A world that is another for this pod than for the others is not remembered. */
function memoOf(world: World, told: World, { memos }: CheckOptions): JourneyOptions {
  if (memos === undefined || world !== told) return {};
  const memo: RuntimeMemo = memos.get(world.kubernetes) ?? new Map();
  memos.set(world.kubernetes, memo);
  return { memo };
}

function verdictsOf(
  { document, world, podSecurity }: Journey,
  { verdicts }: LevelAnswer,
): Omit<CheckedPod, "findings"> {
  const { refusal, warnings, auditAnnotations } = podSecurity;
  return {
    ...headOf(document, world),
    podSecurity: {
      ...verdicts,
      namespace: {
        ...(refusal === undefined ? {} : { refusal }),
        warnings,
        auditAnnotations,
      },
    },
  };
}

/** A pod that says which system it is for is judged on a node of that system. */
export function onItsNode({ pod }: PodDocument, world: World): World {
  const os = pod.spec?.os?.name;
  if ((os !== "windows" && os !== "linux") || os === (world.node.os ?? "linux")) return world;
  return { ...world, node: { ...world.node, os } };
}

/** What the stages say, what keeps the pod from the level, and the risks: each once, with paths from the document's root. */
function allOf(journey: Journey, levels: LevelAnswer): Finding[] {
  const { document } = journey;
  const findings = findingsOf(journey).map((finding) => withAnswer(finding, journey));
  const said = new Set(findings.map(placeKey));
  const { podPath } = document.workload;
  for (const finding of [...levels.findings, ...risksOf(journey)]) {
    const placed =
      podPath.length === 0 ? finding : { ...finding, path: [...podPath, ...finding.path] };
    if (said.has(placeKey(placed))) continue;
    findings.push(placed);
  }
  return findings;
}

/** A refusal of the API server with the whole text that its caller gets. */
function withAnswer(finding: Finding, { apiserver, podSecurity }: Journey): Finding {
  if (finding.severity !== "refusal") return finding;
  const { stage } = finding;
  if (stage !== "podsecurity" && stage !== "apiserver") return finding;
  const answer = stage === "podsecurity" ? podSecurity.refusal : apiserver.out.status?.message;
  return answer === undefined ? finding : { ...finding, answer };
}

/** The namespace may already have said what the level says. */
function placeKey({ id, container = "", path }: Finding): string {
  return [id, container, ...path].join("\0");
}

interface Found {
  readonly finding: Finding;
  readonly versions: KubeMinor[];
}

function remember(found: Map<string, Found>, finding: Finding, version: KubeMinor): void {
  const key = `${placeKey(finding)}\0${withoutVersion(finding.message)}`;
  const before = found.get(key);
  found.set(key, { finding, versions: [...(before?.versions ?? []), version] });
}

/** Only the name of the policy changes from release to release. */
function withoutVersion(message: string): string {
  return message.replace(/(PodSecurity "\w+):[^"]*"/, '$1"');
}

export type { CheckedPod, CheckFinding };
