// The words of `diff`: verdicts, values and the last line.
import {
  isAddedBeyondBaseline,
  type Place,
  type PrivilegeChange,
  type Rewording,
  type Verdict,
  type WorkloadDiff,
} from "../../core/answers/diff.ts";
import { briefText } from "../briefText.ts";
import { count } from "../count.ts";
import { valueText } from "../valueText.ts";

export const WORDS: Readonly<Record<Verdict, string>> = {
  more: "more privileges",
  fewer: "fewer privileges",
  mixed: "mixed privileges",
  changed: "other privileges",
  same: "same",
  added: "added",
  removed: "removed",
};

/** `1000 → 0`; of lists what is gained and lost, where that is shorter. */
export function changeText({ field, before, after }: PrivilegeChange): string {
  if (!Array.isArray(before) && !Array.isArray(after)) {
    return `${diffValue(field, before)} → ${diffValue(field, after)}`;
  }
  const [old, now] = [listOf(before), listOf(after)];
  const gained = without(now, old);
  const lost = without(old, now);
  if (gained.length + lost.length > FEW)
    return `${diffValue(field, old)} → ${diffValue(field, now)}`;
  const parts = [
    ...(gained.length > 0 ? [`gains ${gained.map(itemText).join(", ")}`] : []),
    ...(lost.length > 0 ? [`loses ${lost.map(itemText).join(", ")}`] : []),
  ];
  return parts.join("; ");
}

const FEW = 6;

/** Items are alike that are written alike: sysctls are objects. */
function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map(itemText));
  return items.filter((item) => !known.has(itemText(item)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function itemText(item: unknown): string {
  return typeof item === "object" ? valueText("", [item]) : String(item);
}

/** `unset` for what nobody wrote. */
function diffValue(field: PrivilegeChange["field"], value: unknown): string {
  if (value === null || value === undefined) return field === "container" ? "none" : "unset";
  const isCapabilities = field === "capabilities" && Array.isArray(value);
  return valueText(field, isCapabilities ? value.map((name) => `CAP_${name}`) : value);
}

/** `add CAP_SYS_TIME → none, without effect: the container has the same capabilities`. */
export function rewordingText({ before, after }: Rewording): string {
  return `${wordsText(before)} → ${wordsText(after)}, without effect: the container has the same capabilities`;
}

function wordsText(value: unknown): string {
  const lists = Object.entries((value ?? {}) as Readonly<Record<string, readonly string[]>>);
  const said = lists.filter(([, names]) => names.length > 0);
  return said.length === 0
    ? "none"
    : said.map(([list, names]) => `${list} ${names.join(" ")}`).join("; ");
}

/** Is there more to say of it than that it is there? */
export function isTold({ verdict, withoutEffect }: WorkloadDiff): boolean {
  return verdict !== "same" || withoutEffect !== undefined;
}

/** `7 workloads: 1 with more privileges, 2 with fewer privileges, 3 same, 1 added (beyond baseline)`. */
export function diffSummary(diffs: readonly WorkloadDiff[]): string {
  const verdicts = Object.keys(WORDS) as Verdict[];
  const parts = verdicts.flatMap((verdict) => {
    const number = diffs.filter((diff) => diff.verdict === verdict).length;
    if (number === 0) return [];
    const words = WORDS[verdict].endsWith("privileges") ? `with ${WORDS[verdict]}` : WORDS[verdict];
    return [`${number} ${words}${verdict === "added" ? beyondText(diffs, number) : ""}`];
  });
  return `${count(diffs.length, "workload")}: ${parts.length === 0 ? "nothing to compare" : parts.join(", ")}`;
}

function beyondText(diffs: readonly WorkloadDiff[], added: number): string {
  const beyond = diffs.filter(isAddedBeyondBaseline).length;
  if (beyond === 0) return "";
  return beyond === added ? " (beyond baseline)" : ` (${beyond} of them beyond baseline)`;
}

/** Of a workload that was not there before or is no more: the level, and what keeps it from the next one. */
export function levelText({ podSecurity }: Place): string {
  return `meets ${podSecurity === "privileged" ? "only privileged" : podSecurity}`;
}

/** Why a new workload stands out; empty for all others. */
export function beyondWhy(diff: WorkloadDiff): string {
  return isAddedBeyondBaseline(diff) ? (diff.after?.podSecurityMessage ?? "") : "";
}

/** What would not even be created; empty for what would. */
export function refusedText({ after }: WorkloadDiff): string {
  const refusal = after?.refusal;
  return refusal === undefined ? "" : `the API server refuses it: ${briefText(refusal)}`;
}
