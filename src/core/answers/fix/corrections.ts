// Capability names that a program further on would not understand, spelled as all of them do: in capitals, without CAP_.

import { type ContainerAt, containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { Change } from "../../podsecurity/check.ts";
import { CAPABILITIES } from "../../tables/capabilities.ts";
import type { FixNote } from "./fixed.ts";

const PREFIX = "CAP_";
const KNOWN: ReadonlySet<string> = new Set(["CAP_ALL", ...CAPABILITIES]);
const LISTS = ["add", "drop"] as const;
type List = (typeof LISTS)[number];

/** What no program knows is left as it is. */
export function correctCapabilities(pod: Pod): Change[] {
  return containersOf(pod.spec).flatMap((container) =>
    LISTS.flatMap((list): Change[] => {
      const from = namesIn(container, list);
      if (from.every((name) => corrected(name) === name)) return [];
      return [{ path: pathOf(container, list), from, to: [...new Set(from.map(corrected))] }];
    }),
  );
}

/** Of the names that the pod still has in the end: one that the level takes away was corrected for nothing. */
export function correctedNotes(written: Pod, after: Pod): FixNote[] {
  const stay = containersOf(after.spec);
  return containersOf(written.spec).flatMap((container, index) =>
    LISTS.flatMap((list): FixNote[] => {
      const left = namesIn(stay[index], list);
      const words = namesIn(container, list)
        .filter((name) => corrected(name) !== name && left.includes(corrected(name)))
        .map((name) => `${name} is ${corrected(name)}`);
      if (words.length === 0) return [];
      const message = `capabilities.${list}: ${words.join(", ")}`;
      const { name } = container.container;
      return [{ kind: "corrected", path: pathOf(container, list), container: name, message }];
    }),
  );
}

function namesIn(at: ContainerAt | undefined, list: List): readonly string[] {
  return at?.container.securityContext?.capabilities?.[list] ?? [];
}

function pathOf({ path }: ContainerAt, list: List): Change["path"] {
  return [...path, "securityContext", "capabilities", list];
}

/** As all programs spell it; what none knows as it is. */
export function corrected(name: string): string {
  const full = name.toUpperCase();
  const known = full.startsWith(PREFIX) ? full : PREFIX + full;
  return KNOWN.has(known) ? known.slice(PREFIX.length) : name;
}

/** containerd puts its CAP_ before that of the author, and runc ignores the result; dockerd takes both spellings. */
export function isIgnored(name: string, { runtime }: World): boolean {
  return runtime.name === "containerd" && name.toUpperCase().startsWith(PREFIX);
}
