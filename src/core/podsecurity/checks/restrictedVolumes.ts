// Refuses volumes of any source but nine that reach neither the host nor a storage server by the pod's own word.

import { sortedSet } from "../../rules/goText.ts";
import type { Check, Refusal } from "../check.ts";
import type { PodView, VolumeView } from "../podView.ts";
import { joinQuote, pluralize } from "../wording.ts";
import { forbiddenVolume, isSet } from "./hostPathVolumes.ts";

const ALLOWED_1_0 = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
] as const;

/** In the order in which upstream looks for the source to name. */
const FORBIDDEN_1_0 = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "gitRepo",
  "nfs",
  "iscsi",
  "glusterfs",
  "rbd",
  "flexVolume",
  "cinder",
  "cephfs",
  "flocker",
  "fc",
  "azureFile",
  "vsphereVolume",
  "quobyte",
  "azureDisk",
  "photonPersistentDisk",
  "portworxVolume",
  "scaleIO",
  "storageos",
] as const;

export const restrictedVolumes: Check = {
  id: "restrictedVolumes",
  level: "restricted",
  restricts: [
    {
      fields: FORBIDDEN_1_0.map((source) => `spec.volumes[*].${source}`),
      allowed: [{ since: "v1.0", value: [undefined] }],
    },
  ],
  versions: [{ since: "v1.0", value: restrictedVolumes_1_0 }],
  overrides: ["hostPathVolumes"],
};

/** @see pod-security-admission v0.37.2 policy/check_restrictedVolumes.go restrictedVolumes_1_0 */
function restrictedVolumes_1_0(pod: PodView): Refusal | undefined {
  let bad: VolumeView[] | undefined;
  for (const view of pod.volumes) {
    if (ALLOWED_1_0.some((source) => isSet(view, source))) continue;
    bad ??= [];
    bad.push(view);
  }
  if (bad === undefined) return undefined;
  const names = bad.map((view) => view.name);
  const types = sortedSet(bad.map((view) => sourcesOf(view)[0] ?? "unknown"));
  return {
    reason: "restricted volume types",
    detail: `${pluralize("volume", "volumes", names.length)} ${joinQuote(names)} ${pluralize("uses", "use", names.length)} ${pluralize("restricted volume type", "restricted volume types", types.length)} ${joinQuote(types)}`,
    offences: bad.map((view) => forbiddenVolume(view, sourcesOf(view))),
  };
}

function sourcesOf(view: VolumeView): readonly string[] {
  return FORBIDDEN_1_0.filter((source) => isSet(view, source));
}
