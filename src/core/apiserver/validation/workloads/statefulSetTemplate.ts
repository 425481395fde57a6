// The template of a StatefulSet as its pods will be: it names them itself, and adds the volumes of its claims.
// @see kubernetes v1.37.2 pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec, volumesToAddForTemplates
import type { JsonObject } from "../../../model/json.ts";
import type { ObjectMeta, PodSpec, Volume } from "../../../model/pod.ts";
import type { StatefulSetSpec } from "../../../model/workload.ts";
import { objectOf } from "../members.ts";
import type { PodTemplateSpec } from "../pod.ts";

export function inStatefulSet(
  template: PodTemplateSpec,
  { volumeClaimTemplates }: StatefulSetSpec,
): PodTemplateSpec {
  const claimed =
    volumeClaimTemplates === undefined ? template : withVolumes(template, volumeClaimTemplates);
  const { hostname, subdomain, ...rest } = claimed.spec;
  if (!hostname && !subdomain) return claimed;
  return { metadata: claimed.metadata, spec: rest as PodSpec };
}

/** The claimed volumes stand before the template's own, and replace those of the same name. */
function withVolumes(
  { metadata, spec }: PodTemplateSpec,
  claims: readonly JsonObject[],
): PodTemplateSpec {
  const claimed = new Map<string, Volume>();
  for (const claim of claims) {
    const { name = "" }: ObjectMeta = objectOf(claim, "metadata") ?? {};
    claimed.set(name, { name, persistentVolumeClaim: { claimName: name } });
  }
  const own = (spec.volumes ?? []).filter(({ name }) => !claimed.has(name));
  return { metadata, spec: { ...spec, volumes: [...claimed.values(), ...own] } };
}
