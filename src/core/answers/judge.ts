// A pod in every world that is asked: what refuses or warns about it, the level that it meets, its risks. Nothing of its file.
import type { RuntimeMemo } from "../journey/runtime.ts";
import { findingsOf, type Journey, walk } from "../journey.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { FieldPath, Finding } from "../model/finding.ts";
import type { KubeMinor } from "../model/version.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/level.ts";
import type { CheckedPod } from "./checked.ts";
import { inheritedFrom } from "./inherited.ts";
import { judgeLevels, type LevelAnswer, levelOf } from "./levels.ts";
import { isOfRefused } from "./ofRefused.ts";
import { fromPod, risksOf } from "./risks.ts";
import type { AtVersion } from "./upgrade.ts";
import { upgradeFindings } from "./upgrades.ts";

export interface JudgedFinding {
  /** With its path from the document's root. */
  readonly finding: Finding;
  /** The pod's own field, where the container that the finding names has it from there. */
  readonly inherited?: FieldPath;
  /** Where several were asked for, those that have it. */
  readonly versions?: readonly KubeMinor[];
}
export interface Judged extends Pick<CheckedPod, "podSecurity" | "unverified"> {
  readonly findings: readonly JudgedFinding[];
}

/** What the runtime answered to documents alike, by Kubernetes minor. */
export type RuntimeMemos = Map<KubeMinor, RuntimeMemo>;

/** @param worlds the oldest Kubernetes first; verdicts are those of the newest */
export function judgePod(
  document: PodDocument,
  worlds: readonly [World, ...World[]],
  level: Level | undefined,
  memos: RuntimeMemos | undefined,
): Judged {
  const found = new Map<string, Found>();
  const range: AtVersion[] = [];
  let newest: { readonly journey: Journey; readonly levels: LevelAnswer } | undefined;
  for (const told of worlds) {
    const world = onItsNode(document, told);
    // A world that is another for this pod than for the others is not remembered.
    const memo = world === told ? memoOf(world, memos) : undefined;
    const journey = walk(document, world, memo === undefined ? {} : { memo });
    const levels = judgeLevels(
      document,
      { level: level ?? levelOf(world), isAccepted: journey.apiserver.out.spec !== null },
      world,
    );
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
  const hasVersions = worlds.length > 1;
  return {
    podSecurity: verdictsOf(journey, levels),
    findings: [...found.values()].map(({ finding, versions }) => {
      const inherited = inheritedFrom(finding, journey);
      return {
        finding,
        ...(inherited === undefined ? {} : { inherited }),
        ...(hasVersions ? { versions } : {}),
      };
    }),
    ...(journey.unverified.length === 0 ? {} : { unverified: journey.unverified }),
  };
}

function memoOf({ kubernetes }: World, memos: RuntimeMemos | undefined): RuntimeMemo | undefined {
  if (memos === undefined) return undefined;
  const memo: RuntimeMemo = memos.get(kubernetes) ?? new Map();
  memos.set(kubernetes, memo);
  return memo;
}

function verdictsOf(
  { podSecurity }: Journey,
  { verdicts }: LevelAnswer,
): CheckedPod["podSecurity"] {
  const { refusal, warnings, auditAnnotations } = podSecurity;
  return {
    ...verdicts,
    namespace: {
      ...(refusal === undefined ? {} : { refusal }),
      warnings,
      auditAnnotations,
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
  const refusals = findings.filter(
    ({ stage, severity }) => stage === "apiserver" && severity === "refusal",
  );
  const { podPath } = document.workload;
  for (const finding of [...levels.findings, ...risksOf(journey)]) {
    const placed = fromPod(finding, document);
    if (said.has(placeKey(placed))) continue;
    if (placed.stage === "risk" && isOfRefused(placed, refusals, podPath)) continue;
    findings.push(placed);
  }
  return findings;
}

/** A refusal of the API server with the whole text that its caller gets; what it says only later is no part of that. */
function withAnswer(finding: Finding, { apiserver, podSecurity }: Journey): Finding {
  if (finding.severity !== "refusal") return finding;
  const { stage } = finding;
  if (stage !== "podsecurity" && stage !== "apiserver") return finding;
  const told = apiserver.out.status?.message;
  const own = told?.includes(finding.message) === true ? told : undefined;
  const answer = stage === "podsecurity" ? podSecurity.refusal : own;
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
