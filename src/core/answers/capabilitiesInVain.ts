// What of a pod's lists of capabilities does nothing: names that the runtime ignores, and what a process that is not root loses.
import { findingsOf, type Journey } from "../journey.ts";
import type { Finding } from "../model/finding.ts";
import { capabilitySpelling } from "./risks/capabilitySpelling.ts";
import { capabilityWithoutEffect } from "./risks/capabilityWithoutEffect.ts";
import { fromPod, risksOf } from "./risks.ts";

/** The runtime's own remarks and the risks that `check` tells, with paths from the document's root. */
export function capabilitiesInVain(journey: Journey): Finding[] {
  const said = findingsOf(journey).filter(
    ({ stage, field, severity }) =>
      RUNTIMES.includes(stage) && field === "capabilities" && severity !== "refusal",
  );
  const risks = risksOf(journey, [capabilitySpelling, capabilityWithoutEffect]);
  return [...said, ...risks.map((finding) => fromPod(finding, journey.document))];
}

/** runc says the same once more, in one line for all names. */
const RUNTIMES: readonly string[] = ["containerd", "dockershim", "docker"];
