// Capability names that a program further on would not understand, spelled as all of them do: in capitals, without CAP_.

import { containersOf, type Pod } from "../../model/pod.ts";
import type { Change } from "../../podsecurity/check.ts";
import { CAPABILITIES } from "../../tables/capabilities.ts";
import type { FixNote } from "./fixed.ts";
import type { PodPlan } from "./podPlan.ts";

const PREFIX = "CAP_";
const KNOWN: ReadonlySet<string> = new Set(["CAP_ALL", ...CAPABILITIES]);

/** What no program knows is left as it is. */
export function correctCapabilities(pod: Pod): PodPlan {
  const changes: Change[] = [];
  const notes: FixNote[] = [];
  for (const { container, path } of containersOf(pod.spec)) {
    for (const list of ["add", "drop"] as const) {
      const from = container.securityContext?.capabilities?.[list] ?? [];
      const to = [...new Set(from.map(corrected))];
      const wrong = from.filter((name) => corrected(name) !== name);
      if (wrong.length === 0) continue;
      const at = [...path, "securityContext", "capabilities", list];
      changes.push({ path: at, from, to });
      const words = wrong.map((name) => `${name} is ${corrected(name)}`);
      const message = `capabilities.${list}: ${words.join(", ")}`;
      notes.push({ kind: "corrected", path: at, container: container.name, message });
    }
  }
  return { changes, notes };
}

function corrected(name: string): string {
  const full = name.toUpperCase();
  const known = full.startsWith(PREFIX) ? full : PREFIX + full;
  return KNOWN.has(known) ? known.slice(PREFIX.length) : name;
}
