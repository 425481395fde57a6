// Refuses seccomp profiles but the runtime's own and those in files of the node: by annotation before v1.19, by field since.
import { goQuote, sortedSet } from "../../rules/goText.ts";
import { type Check, inSecurityContexts, offence, type Refusal } from "../check.ts";
import { type PodView, textOf } from "../podView.ts";
import { type BadProfiles, badProfiles, PROFILE_TYPES } from "../profiles.ts";
import { joinQuoteSet, pluralize } from "../wording.ts";

const POD_KEY = "seccomp.security.alpha.kubernetes.io/pod";
const PREFIX = "container.seccomp.security.alpha.kubernetes.io/";
const RUNTIME_DEFAULT = "runtime/default";
const DOCKER_DEFAULT = "docker/default";
const LOCALHOST = "localhost/";
const REASON = "seccompProfile";

export const seccompProfileBaseline: Check = {
  id: "seccompProfile_baseline",
  level: "baseline",
  restricts: [
    {
      fields: [`metadata.annotations[${POD_KEY}]`, `metadata.annotations[${PREFIX}*]`],
      allowed: [
        {
          since: "v1.0",
          value: [undefined, RUNTIME_DEFAULT, DOCKER_DEFAULT, `${LOCALHOST}*`],
        },
        { since: "v1.19", value: [undefined, "*"] },
      ],
    },
    {
      fields: inSecurityContexts("seccompProfile.type"),
      allowed: [{ since: "v1.19", value: [undefined, ...PROFILE_TYPES] }],
    },
  ],
  versions: [
    { since: "v1.0", value: seccompProfileBaseline_1_0 },
    { since: "v1.19", value: seccompProfileBaseline_1_19 },
  ],
};

/** @see pod-security-admission v0.37.2 policy/check_seccompProfile_baseline.go seccompProfileBaseline_1_0 */
function seccompProfileBaseline_1_0(pod: PodView): Refusal | undefined {
  const keys = new Set([POD_KEY, ...pod.containers.map((view) => PREFIX + view.name)]);
  const forbidden = [...keys].filter((key) => isForbidden(pod.annotations[key]));
  if (forbidden.length === 0) return undefined;
  const annotations = forbidden.map((key) => `${key}=${goQuote(textOf(pod.annotations[key]))}`);
  return {
    reason: REASON,
    detail: `forbidden ${pluralize("annotation", "annotations", forbidden.length)} ${sortedSet(annotations).join(", ")}`,
    offences: forbidden.map((key) =>
      offence(["metadata", "annotations", key], {
        from: pod.annotations[key],
        to: RUNTIME_DEFAULT,
      }),
    ),
  };
}

/** An empty annotation is not allowed, an absent one is. */
function isForbidden(annotation: unknown): boolean {
  if (annotation === undefined) return false;
  const value = textOf(annotation);
  return value !== RUNTIME_DEFAULT && value !== DOCKER_DEFAULT && !value.startsWith(LOCALHOST);
}

/** @see pod-security-admission v0.37.2 policy/check_seccompProfile_baseline.go seccompProfileBaseline_1_19 */
function seccompProfileBaseline_1_19(pod: PodView): Refusal | undefined {
  return refuseBadProfiles(badProfiles(pod, "seccompProfile"));
}

/** The sentence about profiles of a forbidden type; undefined when there is none. */
export function refuseBadProfiles(bad: BadProfiles): Refusal | undefined {
  if (bad.offences.length === 0) return undefined;
  return {
    reason: REASON,
    detail: `${bad.setters.join(" and ")} must not set securityContext.seccompProfile.type to ${joinQuoteSet(bad.types)}`,
    offences: bad.offences,
  };
}
