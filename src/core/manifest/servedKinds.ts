// A workload that no API server would take for one: its kind is Kubernetes' own, its version another group's.
import { nearWord } from "../rules/nearWord.ts";
import { KINDS } from "./workloads.ts";

/** Groups of Kubernetes' own have no dot, but for those that hold no workload. */
const OWN_GROUP = /^[a-z]*$/;

/**
 * `no matches for kind "Deployment" in version "v1"`, and what was meant by a kind that only looks like one; undefined where
 * there may be such a kind.
 * @see k8s.io/apimachinery v0.37.2 pkg/api/meta/errors.go NoKindMatchError.Error
 */
export function unservedKind(kind: string, apiVersion: unknown): string | undefined {
  if (typeof apiVersion !== "string" || apiVersion === "") return undefined;
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : apiVersion.slice(0, slash);
  if (!OWN_GROUP.test(group)) return undefined;
  const names = Object.keys(KINDS);
  const same = names.find((name) => name.toLowerCase() === kind.toLowerCase());
  // Another kind of the group is none of these, and none is named so nearly alike.
  const served = names.filter((name) => KINDS[name]?.groups.includes(group) === true);
  const meant = same ?? nearWord(kind, served);
  if (meant === undefined) return undefined;
  const isServed = KINDS[meant]?.groups.includes(group) === true;
  if (meant === kind && isServed) return undefined;
  const hint = meant !== kind && isServed ? `; did you mean ${meant}?` : "";
  return `no matches for kind "${kind}" in version "${apiVersion}"${hint}`;
}
