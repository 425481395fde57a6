// Refuses AppArmor profiles but the runtime's own and those loaded on the node, by field or by the old annotation.
import { compareGoStrings, goQuote, sortedSet } from "../../rules/goText.ts";
import { type Check, inSecurityContexts, offence, type Refusal } from "../check.ts";
import { type PodView, textOf } from "../podView.ts";
import { badProfiles, PROFILE_TYPES } from "../profiles.ts";
import { joinQuote, pluralize } from "../wording.ts";

const PREFIX = "container.apparmor.security.beta.kubernetes.io/";
const RUNTIME_DEFAULT = "runtime/default";
const LOCALHOST = "localhost/";

export const appArmorProfile: Check = {
  id: "appArmorProfile",
  level: "baseline",
  restricts: [
    {
      fields: [`metadata.annotations[${PREFIX}*]`],
      allowed: [{ since: "v1.0", value: [undefined, "", RUNTIME_DEFAULT, `${LOCALHOST}*`] }],
    },
    {
      fields: inSecurityContexts("appArmorProfile.type"),
      allowed: [{ since: "v1.0", value: [undefined, ...PROFILE_TYPES] }],
    },
  ],
  versions: [{ since: "v1.0", value: appArmorProfile_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_appArmorProfile.go appArmorProfile_1_0 */
function appArmorProfile_1_0(pod: PodView): Refusal | undefined {
  const bad = badProfiles(pod, "appArmorProfile");
  const keys = forbiddenAnnotations(pod);
  if (bad.offences.length === 0 && keys.length === 0) return undefined;
  const annotations = keys.map((key) => `${key}=${goQuote(textOf(pod.annotations[key]))}`);
  const values = [...sortedSet(bad.types), ...annotations.sort(compareGoStrings)];
  const setters = [...bad.setters];
  if (keys.length > 0) setters.push(pluralize("annotation", "annotations", keys.length));
  return {
    reason: pluralize("forbidden AppArmor profile", "forbidden AppArmor profiles", values.length),
    detail: `${setters.join(" and ")} must not set AppArmor profile type to ${joinQuote(values)}`,
    offences: [
      ...bad.offences,
      ...keys.map((key) =>
        offence(["metadata", "annotations", key], {
          from: pod.annotations[key],
          to: RUNTIME_DEFAULT,
        }),
      ),
    ],
  };
}

function forbiddenAnnotations({ annotations }: PodView): string[] {
  return Object.keys(annotations).filter((key) => {
    if (!key.startsWith(PREFIX)) return false;
    const value = textOf(annotations[key]);
    return value !== "" && value !== RUNTIME_DEFAULT && !value.startsWith(LOCALHOST);
  });
}
