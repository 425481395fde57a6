// Findings put together for people: what is said of the same places stands under one excerpt, what is said of many is said once.

import type { CheckedPod, CheckFinding } from "../../core/answers/checked.ts";
import { type Group, groupBy } from "../../core/rules/groupBy.ts";
import { KINDS, kindOf } from "./kind.ts";
import { withoutSaidTwice } from "./saidTwice.ts";

export interface Said {
  /** In the words of the first place. */
  readonly finding: CheckFinding;
  /** Where else the same is said, in the file's order. */
  readonly others: readonly CheckFinding[];
}
export interface Block {
  readonly place: CheckFinding;
  /** What is said there, refusals first; never empty. */
  readonly said: readonly Said[];
}

/** What is said of the pod and counts, grouped; the text and the last lines both ask. */
export function openGroups(pod: CheckedPod): readonly Group<CheckFinding>[] {
  const known = GROUPS.get(pod);
  if (known !== undefined) return known;
  const open = pod.findings.filter(({ suppressed }) => suppressed === undefined);
  const groups = grouped(withoutSaidTwice(open));
  GROUPS.set(pod, groups);
  return groups;
}

/** What is accepted of the pod, counted as what counts is. */
export function acceptedGroups({ findings }: CheckedPod): readonly Group<CheckFinding>[] {
  const accepted = findings.filter(({ suppressed }) => suppressed !== undefined);
  return accepted.length === 0 ? [] : grouped(withoutSaidTwice(accepted));
}

const GROUPS: WeakMap<CheckedPod, readonly Group<CheckFinding>[]> = new WeakMap();

/** Of what counts of a pod. */
export function openBlocks(pod: CheckedPod): Block[] {
  return blocksOf(openGroups(pod));
}

/** Blocks with a refusal come first, then in the file's order. */
export function blocksOf(groups: readonly Group<CheckFinding>[]): Block[] {
  const blocks = new Map<string, { place: CheckFinding; said: Said[] }>();
  for (const group of groups) {
    const [finding, ...others] = group.toSorted(byPlace);
    if (finding === undefined) continue;
    const key = placeKey(finding);
    const block = blocks.get(key) ?? { place: finding, said: [] };
    // A container's name says more than none.
    if (block.place.container === undefined) block.place = finding;
    block.said.push({ finding, others });
    blocks.set(key, block);
  }
  return [...blocks.values()].sort(
    (a, b) => rank(a.said[0]) - rank(b.said[0]) || byPlace(a.place, b.place),
  );
}

/** Findings that say the same, but for the container's name; the worst first. */
export function grouped(findings: readonly CheckFinding[]): Group<CheckFinding>[] {
  const keyOf = (finding: CheckFinding): string =>
    `${kindOf(finding)} ${finding.id} ${withoutNames(finding)}`;
  const groups = [...groupBy(findings, keyOf).values()];
  return groups.length < 2 ? groups : groups.toSorted(([a], [b]) => rankOf(a) - rankOf(b));
}

/** Pod Security names every container that it objects to; a program that speaks of one names that one. */
function withoutNames({ message, container }: CheckFinding): string {
  const text = message.replaceAll(/containers? "[^"]*"(?:, "[^"]*")*/g, "containers");
  return container === undefined ? text : text.replaceAll(`"${container}"`, '"*"');
}

function placeKey({ file, line, column }: CheckFinding): string {
  return [file, line, column].join("\0");
}

function rank(said: Said | undefined): number {
  return said === undefined ? KINDS.length : rankOf(said.finding);
}

function rankOf(finding: CheckFinding): number {
  return KINDS.indexOf(kindOf(finding));
}

function byPlace(one: CheckFinding, other: CheckFinding): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}
