// `diff`: what privilege each workload and container gains or loses between two sets of manifests.
import { readablePod } from "../apiserver/decode/readablePod.ts";
import { admit, walkOn } from "../journey.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { World } from "../model/world.ts";
import type { Level } from "../podsecurity/podsecurity.ts";
import { writeJson } from "../rules/json.ts";
import { pairsOf } from "./pairs.ts";
import { type AnswerHead, lineOf } from "./place.ts";
import type { Change } from "./privilegeOrders.ts";
import { type HolderPrivileges, ORDERS, type Privilege, privilegesOf } from "./privileges.ts";

export interface PrivilegeChange {
  /** "" for the pod itself; a container without a name by its path: `spec.containers[1]`. */
  readonly container: string;
  readonly field: Privilege["field"] | "container" | "podSecurity";
  /** null: absent. */
  readonly before: unknown;
  readonly after: unknown;
  readonly change: Change;
}
/** `mixed`: some more, some fewer; `changed`: neither can be said to be more. */
export type Verdict = "more" | "fewer" | "mixed" | "changed" | "same" | "added" | "removed";

/** One line of `diff -o jsonl`. */
export interface WorkloadDiff {
  readonly workload: AnswerHead["workload"];
  readonly before: Place | null;
  readonly after: Place | null;
  readonly verdict: Verdict;
  readonly changes: readonly PrivilegeChange[];
  /** What is written otherwise, and yet comes to the same; absent for nothing. */
  readonly withoutEffect?: readonly Rewording[];
}
/** Of the field as it is written, with names of capabilities that the runtime may ignore. */
export type Rewording = Omit<PrivilegeChange, "change">;
export interface Place {
  readonly file: string;
  readonly line: number;
  /** The highest level that it meets. */
  readonly podSecurity: Level;
  /** What keeps it from the next one, in Pod Security's words; absent where there is none. */
  readonly podSecurityMessage?: string;
  /** The API server's refusal, where it creates no such object: the pod is compared as it is written. */
  readonly refusal?: string;
}

/** A new workload that Pod Security's baseline, which stops known ways out of a container, would not let in. */
export function isAddedBeyondBaseline({ verdict, after }: WorkloadDiff): boolean {
  return verdict === "added" && after?.podSecurity === "privileged";
}

/**
 * Compares workloads of the same kind, namespace and name (of several, those whose files are named most alike); in the order
 * of `after`, then those that are gone.
 * @example
 * const [change] = diff(readManifest(old, "a.yaml").pods, readManifest(text, "a.yaml").pods, composeWorld({}));
 */
export function diff(
  before: readonly PodDocument[],
  after: readonly PodDocument[],
  world: World,
): WorkloadDiff[] {
  const pairs = pairsOf(before, after, (pod) => keyOf(pod, world));
  return pairs.map((pair) => diffOf(pair.before, pair.after, world));
}

function keyOf({ workload }: PodDocument, world: World): string {
  const { kind, namespace = world.namespace.name, name } = workload;
  return [kind, namespace, name].join("\0");
}

interface Seen {
  readonly place: Place;
  readonly holders: readonly HolderPrivileges[];
}

function see(document: PodDocument, world: World): Seen {
  const admitted = admit(document, world);
  const { pod, podSecurity, apiserver } = admitted;
  const line = lineOf(document);
  const { highest, baseline, restricted } = podSecurity;
  const { message } = highest === "privileged" ? baseline : restricted;
  const why = highest === "restricted" ? {} : { podSecurityMessage: message };
  const status = apiserver.out.status;
  const refusal = status === null ? {} : { refusal: status.message };
  const written = readablePod(document.pod);
  const journey = walkOn(admitted, world, { allStages: true });
  return {
    place: { file: document.file, line, podSecurity: highest, ...why, ...refusal },
    holders: privilegesOf(pod ?? written, journey, written),
  };
}

function diffOf(
  before: PodDocument | undefined,
  after: PodDocument | undefined,
  world: World,
): WorkloadDiff {
  const old = before === undefined ? undefined : see(before, world);
  const now = after === undefined ? undefined : see(after, world);
  const { apiVersion, kind, namespace, name } = (after ?? before)?.workload ?? NOBODY;
  const isPair = old !== undefined && now !== undefined;
  const changes = isPair ? changesOf(old, now) : [];
  const withoutEffect = isPair ? rewordings(old, now) : [];
  return {
    workload: { apiVersion, kind, namespace: namespace ?? world.namespace.name, name },
    before: old?.place ?? null,
    after: now?.place ?? null,
    verdict: old === undefined ? "added" : now === undefined ? "removed" : verdictOf(changes),
    changes,
    ...(withoutEffect.length === 0 ? {} : { withoutEffect }),
  };
}

const NOBODY: Pick<PodDocument["workload"], "apiVersion" | "kind" | "namespace" | "name"> = {
  ...{ apiVersion: "", kind: "", namespace: undefined, name: "" },
};

const LEVELS: readonly Level[] = ["restricted", "baseline", "privileged"];

function changesOf(old: Seen, now: Seen): PrivilegeChange[] {
  // Of containers that bear one name, which no API server takes, the first is the first.
  const gone = [...old.holders];
  const changes = now.holders.flatMap(({ container, privileges }): PrivilegeChange[] => {
    const index = gone.findIndex((holder) => holder.container === container);
    const [before] = index < 0 ? [] : gone.splice(index, 1);
    if (before !== undefined) return compared(container, before.privileges, privileges);
    return [{ container, field: "container", before: null, after: container, change: "more" }];
  });
  for (const { container } of gone) {
    changes.push({
      container,
      field: "container",
      before: container,
      after: null,
      change: "fewer",
    });
  }
  const [before, after] = [old.place.podSecurity, now.place.podSecurity];
  if (before !== after) {
    const change = LEVELS.indexOf(after) > LEVELS.indexOf(before) ? "more" : "fewer";
    changes.unshift({ container: "", field: "podSecurity", before, after, change });
  }
  return changes;
}

function compared(
  container: string,
  old: readonly Privilege[],
  now: readonly Privilege[],
): PrivilegeChange[] {
  return now.flatMap((one): PrivilegeChange[] => {
    const { field } = one;
    const before = old.find((privilege) => privilege.field === field);
    if (isSame(before?.value, one.value)) return [];
    const change = ORDERS[field](before?.value, one.value);
    return [{ container, field, before: shown(before), after: shown(one), change }];
  });
}

function shown(privilege: Privilege | undefined): unknown {
  return privilege?.value ?? privilege?.leftOut ?? null;
}

/** Of the containers that are in both; of several that bear one name, the first. */
function rewordings(old: Seen, now: Seen): Rewording[] {
  return now.holders.flatMap(({ container, privileges, written }) => {
    const before = old.holders.find((holder) => holder.container === container);
    return written.flatMap(({ field, value: after }): Rewording[] => {
      const worth = before?.privileges.find((one) => one.field === field)?.value;
      const now = privileges.find((one) => one.field === field)?.value;
      const words = before?.written.find((one) => one.field === field)?.value;
      if (before === undefined || !isSame(worth, now) || isSame(words, after)) return [];
      return [{ container, field, before: words, after }];
    });
  });
}

function isSame(before: unknown, after: unknown): boolean {
  return before === after || writeJson(before ?? null) === writeJson(after ?? null);
}

function verdictOf(changes: readonly PrivilegeChange[]): Verdict {
  const isMore = changes.some(({ change }) => change === "more");
  const isFewer = changes.some(({ change }) => change === "fewer");
  if (isMore && isFewer) return "mixed";
  if (isMore) return "more";
  if (isFewer) return "fewer";
  return changes.length > 0 ? "changed" : "same";
}
