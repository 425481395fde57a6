// What API server and kubelet refuse about a pod: an edit must not add to it.
import { checkPod } from "../../journey/fast.ts";
import type { PodDocument } from "../../manifest/manifest.ts";
import type { Finding } from "../../model/finding.ts";
import { DEFAULT_WORLD, type World } from "../../model/world.ts";
import { onItsNode } from "../judge.ts";

/** Refusals in the order in which they come; what the namespace enforces is not asked, or the kubelet would not be reached. */
export function refusalsOf(document: PodDocument, world: World): Finding[] {
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
