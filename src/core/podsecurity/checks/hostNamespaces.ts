// Refuses pods that share the host's network, process or IPC namespace.
import { type Check, offence, type Refusal } from "../check.ts";
import type { PodView } from "../podView.ts";

const FIELDS = ["hostNetwork", "hostPID", "hostIPC"] as const;

export const hostNamespaces: Check = {
  id: "hostNamespaces",
  level: "baseline",
  restricts: [
    {
      fields: FIELDS.map((field) => `spec.${field}`),
      allowed: [{ since: "v1.0", value: [undefined, false] }],
    },
  ],
  versions: [{ since: "v1.0", value: hostNamespaces_1_0 }],
};

/** @see pod-security-admission v0.37.2 policy/check_hostNamespaces.go hostNamespaces_1_0 */
function hostNamespaces_1_0({ spec }: PodView): Refusal | undefined {
  if (spec.hostNetwork !== true && spec.hostPID !== true && spec.hostIPC !== true) return undefined;
  const shared = FIELDS.filter((field) => spec[field] === true);
  return {
    reason: "host namespaces",
    detail: shared.map((field) => `${field}=true`).join(", "),
    offences: shared.map((field) => offence(["spec", field], { from: true, to: false })),
  };
}
