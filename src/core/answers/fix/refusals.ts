// What API server and kubelet refuse about a pod, and which of its fields they drop: an edit must not add to it.
import { checkPod } from "../../journey/fast.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import type { Finding } from "../../model/finding.ts";
import { DEFAULT_WORLD, type World } from "../../model/world.ts";
import { onItsNode } from "../judge.ts";

/** A pod that is edited step by step is asked about again and again. */
const KNOWN: WeakMap<PodDocument, Map<World, readonly Finding[]>> = new WeakMap();

/** Refusals in the order in which they come; what the namespace enforces is not asked, or the kubelet would not be reached. */
export function refusalsOf(document: PodDocument, world: World): readonly Finding[] {
  return asked(document, world).filter(
    ({ severity, stage }) => severity === "refusal" && stage !== "podsecurity",
  );
}

const OF_FIELDS: ReadonlySet<string> = new Set([
  "apiserver.unknownField",
  "apiserver.duplicateField",
  "manifest.duplicateKey",
]);

/** What the API server warns about fields that it drops. */
export function fieldFindings(document: PodDocument, world: World): readonly Finding[] {
  return asked(document, world).filter(
    ({ id, severity }) => severity === "warning" && OF_FIELDS.has(id),
  );
}

function asked(document: PodDocument, world: World): readonly Finding[] {
  const known = KNOWN.get(document) ?? new Map<World, readonly Finding[]>();
  KNOWN.set(document, known);
  const before = known.get(world);
  if (before !== undefined) return before;
  const found = findingsIn(document, world);
  known.set(world, found);
  return found;
}

function findingsIn(document: PodDocument, world: World): readonly Finding[] {
  const onNode = onItsNode(document, world);
  const free: World = {
    ...onNode,
    namespace: { ...world.namespace, labels: {} },
    podSecurity: DEFAULT_WORLD.podSecurity,
  };
  return checkPod(document, free);
}

/** The first refusal that was not there before. */
export function newRefusal(
  before: readonly Finding[],
  after: readonly Finding[],
): Finding | undefined {
  const known = new Set(before.map(({ id, container = "" }) => `${id} ${container}`));
  return after.find(({ id, container = "" }) => !known.has(`${id} ${container}`));
}
