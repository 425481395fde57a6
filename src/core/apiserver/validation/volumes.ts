// Volumes: their names, and that each has one source, which is whole.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateVolumes
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { ObjectMeta, Volume } from "../../model/pod.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  required,
} from "../fieldError.ts";
import { child, childShownAs, indexed, type Path } from "../path.ts";
import { validateAzureDisk } from "./azureDisk.ts";
import { validateClaimTemplate } from "./claimTemplate.ts";
import { validatePullPolicy } from "./containerRest.ts";
import { validateIscsi } from "./iscsiVolume.ts";
import { objectOf, textOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import { validateProjectedVolume } from "./projectedVolume.ts";
import {
  cinder,
  csi,
  disk,
  downwardApi,
  emptyDir,
  fc,
  files,
  flexVolume,
  flocker,
  gitRepo,
  hostPath,
  needs,
  needsMonitors,
  nfs,
  quobyte,
  storageos,
  type ValidateSource,
} from "./volumeSources.ts";

/** Volumes that are sound enough to be mounted, by name. */
export type KnownVolumes = ReadonlyMap<string, Volume>;

/** Every source in the server's order; how its messages spell it where that differs: as one too many, and else. */
const SOURCES: readonly (readonly [
  field: string,
  validate: ValidateSource,
  tooMany?: string,
  shown?: string,
])[] = [
  ["emptyDir", emptyDir],
  ["hostPath", hostPath],
  ["gitRepo", gitRepo],
  ["gcePersistentDisk", disk("pdName"), "gcePersistentDisk", "persistentDisk"],
  ["awsElasticBlockStore", disk("volumeID")],
  ["secret", files("secretName")],
  ["nfs", nfs],
  ["iscsi", validateIscsi],
  ["glusterfs", needs("endpoints", "path")],
  ["flocker", flocker],
  ["persistentVolumeClaim", needs("claimName")],
  ["rbd", needsMonitors("image")],
  ["cinder", cinder],
  ["cephfs", needsMonitors(), "cephFS"],
  ["quobyte", quobyte],
  ["downwardAPI", downwardApi, "downwarAPI"],
  ["fc", fc],
  ["flexVolume", flexVolume],
  ["configMap", files("name")],
  ["azureFile", needs("secretName", "shareName")],
  ["vsphereVolume", needs("volumePath")],
  ["photonPersistentDisk", needs("pdID")],
  ["portworxVolume", needs("volumeID")],
  ["azureDisk", validateAzureDisk],
  ["storageos", storageos],
  ["projected", validateProjectedVolume],
  ["scaleIO", needs("gateway", "system", "volumeName")],
  ["csi", csi],
  ["ephemeral", validateEphemeral],
  ["image", validateImage],
];

export function validateVolumes(
  errors: FieldErrors,
  path: Path,
  volumes: readonly Volume[],
  metadata?: ObjectMeta,
): KnownVolumes {
  const known = new Map<string, Volume>();
  const podName = metadata?.name ?? "";
  volumes.forEach((volume, index) => {
    const before = errors.length;
    const volumePath = indexed(path, index);
    const { name } = volume;
    validateVolumeSource(errors, volumePath, volume, podName);
    if (name === "") required(errors, child(volumePath, "name"));
    else {
      invalidText(errors, child(volumePath, "name"), name, isDns1123Label(name));
    }
    if (known.has(name)) duplicate(errors, child(volumePath, "name"), name);
    if (errors.length === before) known.set(name, volume);
    if (podName !== "") validateClaimIsNotMade(errors, volumePath, volume, { volumes, podName });
  });
  return known;
}

function validateVolumeSource(
  errors: FieldErrors,
  path: Path,
  volume: Volume,
  podName: string,
): void {
  let found = 0;
  for (const [field, validate, tooMany = field, shown = field] of sourcesOf(volume)) {
    const source = volume[field];
    if (source === undefined) continue;
    found += 1;
    if (found > 1) {
      const sourcePath = childShownAs(path, field, tooMany);
      forbidden(errors, sourcePath, "may not specify more than 1 volume type");
    } else if (isJsonObject(source)) {
      validate(errors, childShownAs(path, field, shown), source);
    }
    if (field === "iscsi" && isJsonObject(source)) {
      validatePortalLength(errors, path, volume.name, source);
    } else if (field === "ephemeral" && found === 1 && podName !== "" && volume.name !== "") {
      validateClaimName(errors, path, volume.name, podName);
    }
  }
}

type SourceRow = (typeof SOURCES)[number];
/** Most volumes have one source: the row of each alone. */
const ROW_OF: ReadonlyMap<string, readonly SourceRow[]> = new Map(
  SOURCES.map((row) => [row[0], [row]]),
);

function sourcesOf(volume: Volume): readonly SourceRow[] {
  let only: readonly SourceRow[] | undefined;
  for (const key in volume) {
    if (key === "name") continue;
    if (only !== undefined) return SOURCES;
    only = ROW_OF.get(key);
  }
  return only ?? SOURCES;
}

function validatePortalLength(
  errors: FieldErrors,
  path: Path,
  name: string,
  iscsi: JsonObject,
): void {
  if (iscsi["initiatorName"] === undefined) return;
  if (utf8Length(`${name}:${textOf(iscsi, "targetPortal")}`) <= 64) return;
  const detail =
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
  invalid(errors, child(path, "name"), goQuote(name), detail);
}

/** The claim that is made for an ephemeral volume is called after the pod and the volume. */
function validateClaimName(errors: FieldErrors, path: Path, name: string, podName: string): void {
  const claim = `${podName}-${name}`;
  for (const text of isDns1123Subdomain(claim)) {
    invalid(errors, child(path, "name"), goQuote(name), `PVC name ${goQuote(claim)}: ${text}`);
  }
}

function validateClaimIsNotMade(
  errors: FieldErrors,
  path: Path,
  { persistentVolumeClaim: claim }: Volume,
  { volumes, podName }: { readonly volumes: readonly Volume[]; readonly podName: string },
): void {
  if (!isJsonObject(claim)) return;
  const name = textOf(claim, "claimName");
  if (!volumes.some((one) => one["ephemeral"] !== undefined && `${podName}-${one.name}` === name))
    return;
  const detail = "must not reference a PVC that gets created for an ephemeral volume";
  const claimPath = child(child(path, "persistentVolumeClaim"), "claimName");
  invalid(errors, claimPath, goQuote(name), detail);
}

function validateEphemeral(errors: FieldErrors, path: Path, ephemeral: JsonObject): void {
  const template = objectOf(ephemeral, "volumeClaimTemplate");
  const templatePath = child(path, "volumeClaimTemplate");
  if (template === undefined) required(errors, templatePath);
  else validateClaimTemplate(errors, templatePath, template);
}

function validateImage(errors: FieldErrors, path: Path, image: JsonObject): void {
  if (textOf(image, "reference") === "") required(errors, child(path, "reference"));
  validatePullPolicy(errors, child(path, "pullPolicy"), textOf(image, "pullPolicy"));
}
