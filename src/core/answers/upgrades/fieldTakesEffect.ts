// A field that older API servers drop without a word, and that begins to act with the upgrade.
import type { FieldCard } from "../../fields/card.ts";
import { FIELDS } from "../../fields/fields.ts";
import type { FieldPath } from "../../model/finding.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import { examplePod, type Hit } from "../risk.ts";
import type { AtVersion, Upgrade } from "../upgrade.ts";

export const fieldTakesEffect: Upgrade = {
  id: "upgrade.fieldTakesEffect",
  severity: "note",
  title: "A field that was dropped in silence begins to act",
  why: "An API server drops fields whose feature gate is off, and fields that it does not know yet (with a warning). After the upgrade the same manifest means something else: hostUsers: false, say, gives the pod a user namespace from 1.33 on.",
  mend: "Try the pod on a node of the newer version before the upgrade.",
  reference: "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/",
  failing: examplePod("", "hostUsers: false"),
  passing: examplePod("", "hostUsers: true"),
  find,
};

function find(before: AtVersion, after: AtVersion): Hit[] {
  const [older, newer] = [before.journey.pod, after.journey.pod];
  // What is refused has no effect either.
  if (older === null || newer === null) return [];
  const { podPath } = after.journey.document.workload;
  return placesOf(newer).flatMap(({ path, container, cards }) =>
    cards.flatMap(({ name: field }) => {
      const was = valueAt(older, [...path, field]);
      const value = valueAt(newer, [...path, field]);
      if (value === undefined || was !== undefined || IDLE.includes(value)) return [];
      const [from, to] = [before, after].map(({ journey }) => journey.world.kubernetes.slice(1));
      const shown = typeof value === "object" ? "" : `: ${String(value)}`;
      const message = `Kubernetes ${from} drops ${field}${shown}, from ${to} on it takes effect`;
      const about = container === undefined ? {} : { container };
      return [{ path: [...podPath, ...path, field], field, message, ...about }];
    }),
  );
}

/** Values that ask for what is so without them. */
const IDLE: readonly unknown[] = [true, "Default", "Merge"];

interface FieldPlace {
  readonly path: FieldPath;
  readonly container?: string;
  readonly cards: readonly FieldCard[];
}

function placesOf(pod: Pod): FieldPlace[] {
  const cardsAt = (level: FieldCard["at"][number]) => FIELDS.filter(({ at }) => at.includes(level));
  return [
    { path: ["spec"], cards: cardsAt("podSpec") },
    { path: ["spec", "securityContext"], cards: cardsAt("pod") },
    ...containersOf(pod.spec).map(({ container, path }) => ({
      path: [...path, "securityContext"],
      container: container.name,
      cards: cardsAt("container"),
    })),
  ];
}

function valueAt(pod: Pod, path: FieldPath): unknown {
  let value: unknown = pod;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value ?? undefined;
}
