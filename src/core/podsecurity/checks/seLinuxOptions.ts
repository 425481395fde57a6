// Refuses SELinux users and roles, and types beyond those made for containers.
import type { Versioned } from "../../model/version.ts";
import { sortedSet } from "../../rules/goText.ts";
import { type Check, inSecurityContexts, offence, type Refusal } from "../check.ts";
import {
  type ContainerView,
  inPodSecurityContext,
  inSecurityContext,
  type PodView,
  textOf,
} from "../podView.ts";
import { joinQuote, nameSetters, pluralize } from "../wording.ts";

const TYPES_1_0 = ["container_t", "container_init_t", "container_kvm_t"] as const;
const TYPES: Versioned<readonly string[]> = [
  { since: "v1.0", value: TYPES_1_0 },
  { since: "v1.31", value: [...TYPES_1_0, "container_engine_t"] },
];

export const seLinuxOptions: Check = {
  id: "seLinuxOptions",
  level: "baseline",
  restricts: [
    {
      fields: inSecurityContexts("seLinuxOptions.type"),
      allowed: TYPES.map(({ since, value }) => ({ since, value: [undefined, "", ...value] })),
    },
    {
      fields: inSecurityContexts("seLinuxOptions.user", "seLinuxOptions.role"),
      allowed: [{ since: "v1.0", value: [undefined, ""] }],
    },
  ],
  versions: TYPES.map(({ since, value }) => ({
    since,
    value: (pod) => checkOptions(pod, value),
  })),
};

const FIELDS = ["type", "user", "role"] as const;

interface Bad {
  readonly field: (typeof FIELDS)[number];
  readonly value: string;
  readonly view: ContainerView | undefined;
}

/** @see pod-security-admission v0.37.2 policy/check_seLinuxOptions.go seLinuxOptions */
function checkOptions(pod: PodView, allowed: readonly string[]): Refusal | undefined {
  let bad = look(pod.securityContext, allowed, undefined, undefined);
  for (const view of pod.containers) bad = look(view.securityContext, allowed, bad, view);
  if (bad === undefined) return undefined;
  const containers = [...new Set(bad.map(({ view }) => view))].filter((view) => view !== undefined);
  const setters = nameSetters(bad[0]?.view === undefined, containers);
  return {
    reason: "seLinuxOptions",
    detail: `${setters} set forbidden securityContext.seLinuxOptions: ${objections(bad).join("; ")}`,
    offences: bad.map(({ field, value, view }) => {
      const path =
        view === undefined
          ? inPodSecurityContext("seLinuxOptions", field)
          : inSecurityContext(view, "seLinuxOptions", field);
      return offence(path, { from: value, to: undefined }, view);
    }),
  };
}

/** Adds what is bad in one securityContext; the list is made for the first. */
function look(
  context: PodView["securityContext"] | ContainerView["securityContext"],
  allowed: readonly string[],
  bad: Bad[] | undefined,
  view: ContainerView | undefined,
): Bad[] | undefined {
  const options = context?.seLinuxOptions;
  if (options === undefined || options === null) return bad;
  let found = bad;
  for (const field of FIELDS) {
    const value = textOf(options[field]);
    if (value === "" || (field === "type" && allowed.includes(value))) continue;
    found ??= [];
    found.push({ field, value, view });
  }
  return found;
}

function objections(bad: readonly Bad[]): string[] {
  const said: string[] = [];
  const types = sortedSet(bad.filter(({ field }) => field === "type").map(({ value }) => value));
  if (types.length > 0)
    said.push(`${pluralize("type", "types", types.length)} ${joinQuote(types)}`);
  if (bad.some(({ field }) => field === "user")) said.push("user may not be set");
  if (bad.some(({ field }) => field === "role")) said.push("role may not be set");
  return said;
}
