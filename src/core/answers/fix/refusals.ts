// What API server and kubelet refuse about a pod: an edit must not add to it.
import { checkPod } from "../../journey/fast.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import type { Finding } from "../../model/finding.ts";
import { DEFAULT_WORLD, type World } from "../../model/world.ts";
import { onItsNode } from "../judge.ts";

/** A pod that is edited step by step is asked about again and again. */
const KNOWN: WeakMap<PodDocument, Map<World, readonly Finding[]>> = new WeakMap();

/** Refusals in the order in which they come; what the namespace enforces is not asked, or the kubelet would not be reached. */
export function refusalsOf(document: PodDocument, world: World): readonly Finding[] {
  const known = KNOWN.get(document) ?? new Map<World, readonly Finding[]>();
  KNOWN.set(document, known);
  const before = known.get(world);
  if (before !== undefined) return before;
  const found = refusalsIn(document, world);
  known.set(world, found);
  return found;
}

function refusalsIn(document: PodDocument, world: World): readonly Finding[] {
  const onNode = onItsNode(document, world);
  const free: World = {
    ...onNode,
    namespace: { ...world.namespace, labels: {} },
    podSecurity: DEFAULT_WORLD.podSecurity,
  };
  return checkPod(document, free).filter(
    ({ severity, stage }) => severity === "refusal" && stage !== "podsecurity",
  );
}

/** The first refusal that was not there before. */
export function newRefusal(
  before: readonly Finding[],
  after: readonly Finding[],
): Finding | undefined {
  const known = new Set(before.map(({ id, container = "" }) => `${id} ${container}`));
  return after.find(({ id, container = "" }) => !known.has(`${id} ${container}`));
}
