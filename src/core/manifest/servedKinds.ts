// A workload that no API server would take for one: its kind is Kubernetes' own, its version another group's.
import { nearWord } from "../rules/nearWord.ts";
import { KINDS } from "./workloads.ts";

/** Groups of Kubernetes' own have no dot, but for those that hold no workload. */
const OWN_GROUP = /^[a-z]*$/;

/** What the API server says of a kind that it does not have, and in our words what may have been meant. */
export interface Unserved {
  readonly message: string;
  readonly hint?: string;
}

/**
 * `no matches for kind "Deployment" in version "v1"`, also of a kind that only looks like a workload's; undefined where there
 * may be such a kind.
 * @see k8s.io/apimachinery v0.37.2 pkg/api/meta/errors.go NoKindMatchError.Error
 */
export function unservedKind(kind: string, apiVersion: unknown): Unserved | undefined {
  if (typeof apiVersion !== "string" || apiVersion === "") return undefined;
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : apiVersion.slice(0, slash);
  if (!OWN_GROUP.test(group)) return undefined;
  // Another kind of the group is none of these, and none is named so nearly alike.
  const served = Object.keys(KINDS).filter((name) => KINDS[name]?.groups.includes(group) === true);
  const meant = nearWorkload(kind) ?? nearWord(kind, served);
  if (meant === undefined) return undefined;
  const isServed = served.includes(meant);
  if (meant === kind && isServed) return undefined;
  const message = `no matches for kind "${kind}" in version "${apiVersion}"`;
  return meant !== kind && isServed ? { message, hint: `did you mean ${meant}?` } : { message };
}

/** The workload of this name in whatever group, written so or otherwise. */
export function nearWorkload(kind: string): string | undefined {
  const names = Object.keys(KINDS);
  const same = names.find((name) => name.toLowerCase() === kind.toLowerCase());
  return same ?? nearWord(kind, names);
}
