// Which workload of one set of manifests is which of the other: the same kind, namespace and name; where several bear these, the one whose file is named most alike.
import type { PodDocument } from "../manifest/manifest.ts";
import { groupBy } from "../rules/groupBy.ts";

export interface Pair {
  readonly before?: PodDocument;
  readonly after?: PodDocument;
}

/** Beyond so many alike they are taken in their order. */
const MAX_ALIKE = 64;

/** In the order of `after`, then those that are gone. @param keyOf the same for workloads that are one */
export function pairsOf(
  before: readonly PodDocument[],
  after: readonly PodDocument[],
  keyOf: (pod: PodDocument) => string,
): Pair[] {
  const old = groupBy(before, keyOf);
  const partners = new Map<PodDocument, PodDocument>();
  for (const [key, pods] of groupBy(after, keyOf)) {
    for (const [one, other] of matched(old.get(key) ?? [], pods)) partners.set(other, one);
  }
  const taken = new Set(partners.values());
  return [
    ...after.map((pod): Pair => {
      const partner = partners.get(pod);
      return partner === undefined ? { after: pod } : { before: partner, after: pod };
    }),
    ...before.filter((pod) => !taken.has(pod)).map((pod) => ({ before: pod })),
  ];
}

type Matched = readonly [PodDocument, PodDocument];

/** Overlays of one base (`dev/web.yaml`, `prod/web.yaml`) keep to themselves, also when another comes or goes. */
function matched(before: readonly PodDocument[], after: readonly PodDocument[]): Matched[] {
  const inOrder = before.slice(0, after.length).map((one, index) => [one, after[index]] as const);
  const pairs = inOrder.filter((pair): pair is Matched => pair[1] !== undefined);
  if (before.length * after.length <= 1) return pairs;
  if (Math.max(before.length, after.length) > MAX_ALIKE) return pairs;
  const ranked = before.flatMap((one, i) =>
    after.map((other, j) => ({ one, other, alike: sharedEnd(one.file, other.file), i, j })),
  );
  // Of one file they follow each other.
  ranked.sort((a, b) => b.alike - a.alike || Math.abs(a.i - a.j) - Math.abs(b.i - b.j));
  const used = new Set<PodDocument>();
  return ranked.flatMap(({ one, other }): Matched[] => {
    if (used.has(one) || used.has(other)) return [];
    used.add(one).add(other);
    return [[one, other]];
  });
}

/** How many names two paths have in common, from the file upwards. */
function sharedEnd(one: string, other: string): number {
  const [names, others] = [one.split("/").reverse(), other.split("/").reverse()];
  const differs = names.findIndex((name, index) => name !== others[index]);
  return differs === -1 ? names.length : differs;
}
