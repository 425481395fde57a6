// The sources of a volume that are described by more than a name: what each must have, and in which form.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateVolumeSource and the functions it calls
import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { quantityOf } from "../../rules/quantityText.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  notSupported,
  required,
  tooLong,
} from "../fieldError.ts";
import { child, keyed, type Path } from "../path.ts";
import { validateIdField } from "./ids.ts";
import { validateLocalDescendingPath, validatePathNoBacksteps } from "./localPath.ts";
import { intOf, objectOf, objectsOf, textMapOf, textOf, textsOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import { validateDownwardApiFile, validateFileMode, validateItems } from "./volumeFiles.ts";

export type ValidateSource = (errors: FieldErrors, path: Path, source: JsonObject) => void;

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
const MOST_EMPTY_DIR_MODE = 0o1777;

/** Texts that may not be empty. */
export function needs(...fields: readonly string[]): ValidateSource {
  return (errors, path, source) => {
    for (const field of fields) {
      if (textOf(source, field) === "") required(errors, child(path, field));
    }
  };
}

/** Lists that may not be empty, and texts. */
export function needsMonitors(...fields: readonly string[]): ValidateSource {
  return (errors, path, source) => {
    if (textsOf(source, "monitors").length === 0) required(errors, child(path, "monitors"));
    needs(...fields)(errors, path, source);
  };
}

export const emptyDir: ValidateSource = (errors, path, source) => {
  const { sizeLimit } = source;
  if (sizeLimit !== undefined && quantityOf(sizeLimit).nano < 0n) {
    const detail = "SizeLimit field must be a valid resource quantity";
    forbidden(errors, child(path, "sizeLimit"), detail);
  }
  const mode = intOf(source, "mode");
  if (mode === undefined || (mode >= 0 && mode <= MOST_EMPTY_DIR_MODE)) return;
  const detail = "must be a number between 0 and 01777 (octal), both inclusive";
  invalid(errors, child(path, "mode"), String(mode), detail);
};

export const hostPath: ValidateSource = (errors, path, source) => {
  const target = textOf(source, "path");
  if (target === "") {
    required(errors, child(path, "path"));
    return;
  }
  validatePathNoBacksteps(errors, child(path, "path"), target);
  const type = textOf(source, "type");
  if (HOST_PATH_TYPES.includes(type)) return;
  notSupported(errors, child(path, "type"), goJsonString(type), HOST_PATH_TYPES);
};

export const gitRepo: ValidateSource = (errors, path, source) => {
  needs("repository")(errors, path, source);
  validateLocalDescendingPath(errors, child(path, "directory"), textOf(source, "directory"));
};

/** A disk of which a partition may be named. */
export function disk(name: string): ValidateSource {
  return (errors, path, source) => {
    needs(name)(errors, path, source);
    const partition = intOf(source, "partition") ?? 0;
    if (partition >= 0 && partition <= 255) return;
    const detail = "must be between 1 and 255, inclusive";
    invalid(errors, child(path, "partition"), String(partition), detail);
  };
}

/** A Secret or ConfigMap. */
export function files(name: string): ValidateSource {
  return (errors, path, source) => {
    needs(name)(errors, path, source);
    validateDefaults(errors, path, source);
    validateItems(errors, path, source);
  };
}

function validateDefaults(errors: FieldErrors, path: Path, source: JsonObject): void {
  validateFileMode(errors, path, "defaultMode", source);
  validateIdField(errors, path, "defaultUser", intOf(source, "defaultUser"));
}

export const downwardApi: ValidateSource = (errors, path, source) => {
  validateDefaults(errors, path, source);
  for (const file of objectsOf(source, "items")) validateDownwardApiFile(errors, path, file);
};

export const nfs: ValidateSource = (errors, path, source) => {
  needs("server", "path")(errors, path, source);
  const target = textOf(source, "path");
  if (target.startsWith("/")) return;
  invalid(errors, child(path, "path"), goQuote(target), "must be an absolute path");
};

export const quobyte: ValidateSource = (errors, path, source) => {
  const registry = textOf(source, "registry");
  const detail = "must be a host:port pair or multiple pairs separated by commas";
  const registryPath = child(path, "registry");
  if (registry === "") required(errors, registryPath, detail);
  else if (utf8Length(textOf(source, "tenant")) >= 65) {
    const limit = "must be a UUID and may not exceed a length of 64 characters";
    required(errors, child(path, "tenant"), limit);
  } else {
    for (const pair of registry.split(",")) {
      if (!isHostPort(pair)) invalid(errors, registryPath, goQuote(registry), detail);
    }
  }
  needs("volume")(errors, path, source);
};

/** @see go net/ipsock.go SplitHostPort */
function isHostPort(text: string): boolean {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return false;
  const port = text.slice(colon + 1);
  if (/[[\]]/.test(port)) return false;
  const host = text.slice(0, colon);
  if (host.startsWith("[")) return /^\[[^[\]]*\]$/.test(host);
  return !/[:[\]]/.test(host);
}

export const flocker: ValidateSource = (errors, path, source) => {
  const name = textOf(source, "datasetName");
  const id = textOf(source, "datasetUUID");
  if (name === "" && id === "") {
    required(errors, path, "one of datasetName and datasetUUID is required");
  }
  if (name !== "" && id !== "") {
    const detail = "datasetName and datasetUUID can not be specified simultaneously";
    invalid(errors, path, '"resource"', detail);
  }
  if (!name.includes("/")) return;
  invalid(errors, child(path, "datasetName"), goQuote(name), "must not contain '/'");
};

export const cinder: ValidateSource = (errors, path, source) => {
  needs("volumeID")(errors, path, source);
  validateSecretRef(errors, path, source);
};

function validateSecretRef(errors: FieldErrors, path: Path, source: JsonObject): void {
  const ref = objectOf(source, "secretRef");
  if (ref !== undefined) needs("name")(errors, child(path, "secretRef"), ref);
}

export const fc: ValidateSource = (errors, path, source) => {
  const names = textsOf(source, "targetWWNs");
  const namesPath = child(path, "targetWWNs");
  const ids = textsOf(source, "wwids");
  if (names.length === 0 && ids.length === 0) {
    required(errors, namesPath, "must specify either targetWWNs or wwids, but not both");
  }
  if (names.length > 0 && ids.length > 0) {
    const detail = "targetWWNs and wwids can not be specified simultaneously";
    invalid(errors, namesPath, `[${names.map(goJsonString).join(",")}]`, detail);
  }
  if (names.length === 0) return;
  const lun = intOf(source, "lun");
  if (lun === undefined) {
    required(errors, child(path, "lun"), "lun is required if targetWWNs is specified");
  } else if (lun < 0 || lun > 255) {
    invalid(errors, child(path, "lun"), String(lun), "must be between 0 and 255, inclusive");
  }
};

export const flexVolume: ValidateSource = (errors, path, source) => {
  needs("driver")(errors, path, source);
  for (const key in textMapOf(source, "options")) {
    const [prefix = ""] = key.split("/");
    if (!/\.(?:kubernetes|k8s)\.io$/.test(`.${prefix.toLowerCase()}`)) continue;
    const detail = "kubernetes.io and k8s.io namespaces are reserved";
    invalid(errors, keyed(child(path, "options"), key), goQuote(key), detail);
  }
};

export const storageos: ValidateSource = (errors, path, source) => {
  const name = textOf(source, "volumeName");
  const namespace = textOf(source, "volumeNamespace");
  if (name === "") required(errors, child(path, "volumeName"));
  else validateLabel(errors, child(path, "volumeName"), name);
  if (namespace !== "") validateLabel(errors, child(path, "volumeNamespace"), namespace);
  validateSecretRef(errors, path, source);
};

function validateLabel(errors: FieldErrors, path: Path, name: string): void {
  invalidText(errors, path, name, isDns1123Label(name));
}

export const csi: ValidateSource = (errors, path, source) => {
  const driver = textOf(source, "driver");
  const driverPath = child(path, "driver");
  if (driver === "") required(errors, driverPath);
  else {
    if (utf8Length(driver) > 63) tooLong(errors, driverPath, 63);
    invalidText(errors, driverPath, driver, isDns1123Subdomain(driver.toLowerCase()));
  }
  const ref = objectOf(source, "nodePublishSecretRef");
  if (ref === undefined) return;
  const name = textOf(ref, "name");
  if (name === "") required(errors, child(child(path, "nodePublishSecretRef"), "name"));
  else {
    invalidText(errors, child(path, "name"), name, isDns1123Subdomain(name));
  }
};
