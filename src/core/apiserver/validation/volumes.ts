// Volumes, as far as containers and their security depend on them: their names, that each has one source, and the two
// kinds whose source reaches the node's own files or modes.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateVolumes
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Volume } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
} from "../fieldError.ts";
import { child, childShownAs, indexed, type Path } from "../path.ts";
import { validatePathNoBacksteps } from "./localPath.ts";
import { isDns1123Label } from "./names.ts";

/** Volumes that are sound enough to be mounted, by name. */
export type KnownVolumes = ReadonlyMap<string, Volume>;

/** Every source in the server's order, and how its message spells it where that differs. */
const SOURCES: readonly (readonly [field: string, shown?: string])[] = [
  ["emptyDir"],
  ["hostPath"],
  ["gitRepo"],
  ["gcePersistentDisk"],
  ["awsElasticBlockStore"],
  ["secret"],
  ["nfs"],
  ["iscsi"],
  ["glusterfs"],
  ["flocker"],
  ["persistentVolumeClaim"],
  ["rbd"],
  ["cinder"],
  ["cephfs", "cephFS"],
  ["quobyte"],
  ["downwardAPI", "downwarAPI"],
  ["fc"],
  ["flexVolume"],
  ["configMap"],
  ["azureFile"],
  ["vsphereVolume"],
  ["photonPersistentDisk"],
  ["portworxVolume"],
  ["azureDisk"],
  ["storageos"],
  ["projected"],
  ["scaleIO"],
  ["csi"],
  ["ephemeral"],
  ["image"],
];
const HOST_PATH_TYPES: readonly string[] = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const MOST_MODE = 0o1777;

export function validateVolumes(
  errors: FieldErrors,
  path: Path,
  volumes: readonly Volume[],
): KnownVolumes {
  const known = new Map<string, Volume>();
  volumes.forEach((volume, index) => {
    const before = errors.length;
    const volumePath = indexed(path, index);
    const { name } = volume;
    validateVolumeSource(errors, volumePath, volume);
    if (name === "") required(errors, child(volumePath, "name"));
    else {
      for (const problem of isDns1123Label(name)) {
        invalid(errors, child(volumePath, "name"), goQuote(name), problem);
      }
    }
    if (known.has(name)) duplicate(errors, child(volumePath, "name"), name);
    if (errors.length === before) known.set(name, volume);
  });
  return known;
}

function validateVolumeSource(errors: FieldErrors, path: Path, volume: Volume): void {
  const { emptyDir, hostPath } = volume;
  if (isJsonObject(emptyDir)) validateEmptyDir(errors, child(path, "emptyDir"), emptyDir);
  if (isJsonObject(hostPath) && emptyDir === undefined) {
    validateHostPath(errors, child(path, "hostPath"), hostPath);
  }
  if (Object.keys(volume).length <= 2) return;
  let found = 0;
  for (const [field, shown = field] of SOURCES) {
    if (volume[field] === undefined) continue;
    found += 1;
    if (found === 1) continue;
    forbidden(errors, childShownAs(path, field, shown), "may not specify more than 1 volume type");
  }
}

function validateEmptyDir(errors: FieldErrors, path: Path, { mode }: JsonObject): void {
  if (typeof mode !== "number" || (mode >= 0 && mode <= MOST_MODE)) return;
  const detail = "must be a number between 0 and 01777 (octal), both inclusive";
  invalid(errors, child(path, "mode"), String(mode), detail);
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateHostPathVolumeSource */
function validateHostPath(errors: FieldErrors, path: Path, hostPath: JsonObject): void {
  const { path: target, type } = hostPath;
  if (typeof target !== "string" || target === "") {
    required(errors, child(path, "path"));
    return;
  }
  validatePathNoBacksteps(errors, child(path, "path"), target);
  if (typeof type === "string" && !HOST_PATH_TYPES.includes(type)) {
    notSupported(errors, child(path, "type"), goJsonString(type), HOST_PATH_TYPES);
  }
}
