// Capability names that a program further on would not understand, spelled as all of them do: in capitals, without CAP_.

import { type ContainerAt, containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { Change } from "../../podsecurity/check.ts";
import type { Level } from "../../podsecurity/level.ts";
import { CAPABILITIES } from "../../tables/capabilities.ts";
import type { FixNote } from "./fixed.ts";
import { capabilityTest, isPermitted } from "./grants.ts";

const PREFIX = "CAP_";
const KNOWN: ReadonlySet<string> = new Set(["CAP_ALL", ...CAPABILITIES]);
const LISTS = ["add", "drop"] as const;
type List = (typeof LISTS)[number];

/** Where the pod would run, and the level that it is to reach. */
export interface Standing {
  readonly world: World;
  readonly level: Level;
}

/**
 * What no program knows is left as it is, and so is an added name that did nothing as it was written: the container is
 * not to have more than before, but for what the level lets it have.
 */
export function correctCapabilities(pod: Pod, standing: Standing): Change[] {
  return containersOf(pod.spec).flatMap((container) => {
    const has = capabilityTest(pod, container, standing.world);
    return LISTS.flatMap((list): Change[] => {
      const from = namesIn(container, list);
      const to = from.map((name) => respelled(name, { container, list, has }, standing));
      if (to.every((name, index) => from[index] === name)) return [];
      return [{ path: pathOf(container, list), from, to: [...new Set(to)] }];
    });
  });
}

interface NameAt {
  readonly container: ContainerAt;
  readonly list: List;
  /** Does the container have it as it is written? */
  readonly has: (capability: string) => boolean;
}

function respelled(
  name: string,
  { container, list, has }: NameAt,
  { world, level }: Standing,
): string {
  const right = corrected(name);
  if (list === "drop" || right === name) return right;
  const { allowPrivilegeEscalation } = container.container.securityContext ?? {};
  // The API server refuses the pair in this spelling alone: respelled, it would slip through.
  if (name === "CAP_SYS_ADMIN" && allowPrivilegeEscalation === false) return name;
  if (!isIgnored(name, world) || has(right)) return right;
  return isPermitted(right, level, world.kubernetes) ? right : name;
}

/** Of the names that the pod still has in the end: one that the level takes away was corrected for nothing. */
export function correctedNotes(written: Pod, after: Pod, { world, level }: Standing): FixNote[] {
  const stay = containersOf(after.spec);
  return containersOf(written.spec).flatMap((container, index) => {
    const has = capabilityTest(written, container, world);
    return LISTS.flatMap((list): FixNote[] => {
      const left = namesIn(stay[index], list);
      const note = { path: pathOf(container, list), container: container.container.name };
      const wrong = namesIn(container, list).filter((name) => corrected(name) !== name);
      const words = wrong
        .filter((name) => left.includes(corrected(name)) && !left.includes(name))
        .map((name) => {
          const right = corrected(name);
          const ignored = list === "add" && isIgnored(name, world);
          const gains = ignored && !has(right);
          return `${name} is ${right}${gains ? ", which the container now gains" : ""}`;
        });
      const message = `capabilities.${list}: ${words.join(", ")}`;
      const ignored = wrong.filter((name) => left.includes(name) && isIgnored(name, world));
      return [
        ...(words.length === 0 ? [] : [{ kind: "corrected" as const, ...note, message }]),
        ...(level === "privileged" && list === "add"
          ? ignored.map((name) => ({ kind: "open" as const, ...note, message: stays(name) }))
          : []),
      ];
    });
  });
}

function stays(name: string): string {
  return `capabilities.add: ${name} stays: containerd ignores that spelling; write ${corrected(name)} to have it, or remove it`;
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
