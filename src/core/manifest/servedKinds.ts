// A workload that no API server would take for one: its kind is Kubernetes' own, its version another group's.
import { KINDS } from "./workloads.ts";

/** Groups of Kubernetes' own have no dot, but for those that hold no workload. */
const OWN_GROUP = /^[a-z]*$/;

/**
 * `no matches for kind "Deployment" in version "v1"`; undefined where there may be such a kind.
 * @see k8s.io/apimachinery v0.37.2 pkg/api/meta/errors.go NoKindMatchError.Error
 */
export function unservedKind(kind: string, apiVersion: unknown): string | undefined {
  if (typeof apiVersion !== "string" || apiVersion === "") return undefined;
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : apiVersion.slice(0, slash);
  const meant = Object.keys(KINDS).find((name) => name.toLowerCase() === kind.toLowerCase());
  if (meant === undefined || !OWN_GROUP.test(group)) return undefined;
  if (meant === kind && KINDS[kind]?.groups.includes(group) === true) return undefined;
  return `no matches for kind "${kind}" in version "${apiVersion}"`;
}
