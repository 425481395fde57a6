// Warnings about labels of nodes that are deprecated, wherever a pod asks for one, and about selectors of no pod.
// @see kubernetes v1.37.2 pkg/api/node/util.go GetNodeLabelDeprecatedMessage, GetWarningsForNodeSelectorTerm
import type { JsonObject } from "../../model/json.ts";
import type { PodSpec } from "../../model/pod.ts";
import { isLabelValue } from "../../rules/names.ts";
import { child, indexed, keyed, type Path } from "../path.ts";
import { objectOf, objectsOf, textOf, textsOf } from "../validation/members.ts";
import { type Warning, warningAt } from "../warning.ts";

const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ["beta.kubernetes.io/arch", 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ["beta.kubernetes.io/os", 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    "failure-domain.beta.kubernetes.io/region",
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    "failure-domain.beta.kubernetes.io/zone",
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    "beta.kubernetes.io/instance-type",
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
  ["app.kubernetes.io/created-by", "deprecated since v1.9"],
  [
    "scheduler.alpha.kubernetes.io/preferAvoidPods",
    "deprecated since v1.22; use Taints and Tolerations instead",
  ],
  ["node-role.kubernetes.io/master", 'use "node-role.kubernetes.io/control-plane" instead'],
]);
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

/** The first of a pod's warnings. */
export function warningsForNodes(warnings: Warning[], specPath: Path, podSpec: PodSpec): void {
  for (const key in podSpec.nodeSelector) {
    const text = DEPRECATED.get(key);
    if (text === undefined) continue;
    warnings.push(warningAt(keyed(child(specPath, "nodeSelector"), key), text));
  }
  const spec = podSpec as unknown as JsonObject;
  const affinity = objectOf(objectOf(spec, "affinity") ?? {}, "nodeAffinity");
  if (affinity !== undefined) {
    const path = child(child(specPath, "affinity"), "nodeAffinity");
    const required = objectOf(affinity, REQUIRED) ?? {};
    const termsPath = child(child(path, REQUIRED), "nodeSelectorTerms");
    objectsOf(required, "nodeSelectorTerms").forEach((term, index) => {
      warningsForTerm(warnings, indexed(termsPath, index), term, false);
    });
    objectsOf(affinity, PREFERRED).forEach((preferred, index) => {
      const at = child(indexed(child(path, PREFERRED), index), "preference");
      warningsForTerm(warnings, at, objectOf(preferred, "preference") ?? {}, true);
    });
  }
  objectsOf(spec, "topologySpreadConstraints").forEach((constraint, index) => {
    const at = indexed(child(specPath, "topologySpreadConstraints"), index);
    const key = textOf(constraint, "topologyKey");
    const text = DEPRECATED.get(key);
    if (text !== undefined) {
      warnings.push(warningAt(child(at, "topologyKey"), `${key} is ${text}`));
    }
    if (constraint["labelSelector"] !== undefined) return;
    const nothing = "a null labelSelector results in matching no pod";
    warnings.push(warningAt(child(at, "labelSelector"), nothing));
  });
}

function warningsForTerm(
  warnings: Warning[],
  path: Path,
  term: JsonObject,
  checksValues: boolean,
): void {
  objectsOf(term, "matchExpressions").forEach((expression, index) => {
    const at = indexed(child(path, "matchExpressions"), index);
    const key = textOf(expression, "key");
    const text = DEPRECATED.get(key);
    if (text !== undefined) warnings.push(warningAt(child(at, "key"), `${key} is ${text}`));
    if (!checksValues) return;
    textsOf(expression, "values").forEach((value, position) => {
      for (const problem of isLabelValue(value)) {
        const valuePath = indexed(child(at, "values"), position);
        warnings.push(warningAt(valuePath, `${value} is invalid, ${problem}`));
      }
    });
  });
}
