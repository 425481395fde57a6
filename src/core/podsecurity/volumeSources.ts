// The sources of volumes, as the restricted policy divides them, and what takes the place of a forbidden one.
import type { FieldPath } from "../model/finding.ts";
import { type Change, type Offence, offenceWith } from "./check.ts";
import type { VolumeView } from "./podView.ts";

/** Sources that reach neither the host nor a storage server by the pod's own word. */
export const ALLOWED_SOURCES: readonly string[] = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** In the order in which upstream looks for the source to name. */
export const FORBIDDEN_SOURCES: readonly string[] = [
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
];

/** The volume with its forbidden sources; an empty directory in their place keeps the mounts valid. */
export function forbiddenVolume(view: VolumeView, forbidden: readonly string[]): Offence {
  const volume: FieldPath = ["spec", "volumes", view.index];
  const changes: Change[] = forbidden.map((source) => ({
    path: [...volume, source],
    from: view.volume[source],
    to: undefined,
  }));
  const hasAnother = view.sources.some((key) => !forbidden.includes(key) && isSource(key));
  if (!hasAnother) changes.push({ path: [...volume, "emptyDir"], from: undefined, to: {} });
  return offenceWith([...volume, ...forbidden.slice(0, 1)], changes);
}

/** The decoder drops any other key. */
function isSource(key: string): boolean {
  return ALLOWED_SOURCES.includes(key) || FORBIDDEN_SOURCES.includes(key);
}
