// What a container mounts: known volumes, each path once, and the options that only privileged or read-only mounts may have.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateVolumeMounts
import type { JsonValue } from "../../model/json.ts";
import type { Container, VolumeMount } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
} from "../fieldError.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateLocalDescendingPath } from "./localPath.ts";
import type { KnownVolumes } from "./volumes.ts";

const PROPAGATIONS: readonly string[] = ["Bidirectional", "HostToContainer", "None"];
const RECURSIVE_READ_ONLY: readonly string[] = ["Disabled", "Enabled", "IfPossible"];
const BIND_MOUNT_OPTIONS: readonly string[] = ["nodev", "noexec", "nosuid"];

export function validateVolumeMounts(
  errors: FieldErrors,
  path: Path,
  container: Container,
  volumes: KnownVolumes,
): void {
  const devices = pathsByName(container.volumeDevices ?? [], "devicePath");
  const mountPaths = new Set<string>();
  container.volumeMounts?.forEach((mount, index) => {
    const mountPath = indexed(path, index);
    const { name, mountPath: target } = mount;
    const namePath = child(mountPath, "name");
    const targetPath = child(mountPath, "mountPath");
    if (name === "") required(errors, namePath);
    if (!volumes.has(name)) notFound(errors, namePath, name);
    if (target === "") required(errors, targetPath);
    if (mountPaths.has(target)) invalid(errors, targetPath, goQuote(target), "must be unique");
    mountPaths.add(target);
    if (devices.has(name)) {
      invalid(errors, namePath, goQuote(name), "must not already exist in volumeDevices");
    }
    if ([...devices.values()].includes(target)) {
      const detail = "must not already exist as a path in volumeDevices";
      invalid(errors, targetPath, goQuote(target), detail);
    }
    validateOptions(errors, path, mountPath, mount, container);
    validateBindMountOptions(errors, child(mountPath, "bindMountOptions"), mount, volumes);
  });
}

/** Of a name that is there twice only the last path counts. @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go GetVolumeDeviceMap */
function pathsByName(
  rows: readonly object[],
  field: "devicePath" | "mountPath",
): ReadonlyMap<unknown, unknown> {
  const values = rows as readonly Readonly<Record<string, unknown>>[];
  return new Map(values.map((row) => [row["name"], row[field]]));
}

/** The server leaves the index out of these paths. */
function validateOptions(
  errors: FieldErrors,
  path: Path,
  mountPath: Path,
  mount: VolumeMount,
  container: Container,
): void {
  const { subPath = "", subPathExpr = "", mountPropagation } = mount;
  if (subPath !== "") validateLocalDescendingPath(errors, child(path, "subPath"), subPath);
  if (subPathExpr !== "") {
    if (subPath !== "") {
      const detail = "subPathExpr and subPath are mutually exclusive";
      invalid(errors, child(mountPath, "subPathExpr"), goQuote(subPathExpr), detail);
    }
    validateLocalDescendingPath(errors, child(path, "subPathExpr"), subPathExpr);
  }
  if (mountPropagation !== undefined) {
    validateMountPropagation(errors, child(path, "mountPropagation"), mountPropagation, container);
  }
  validateMountRecursiveReadOnly(errors, child(path, "recursiveReadOnly"), mount);
}

function validateMountPropagation(
  errors: FieldErrors,
  path: Path,
  propagation: string,
  { securityContext }: Container,
): void {
  if (!PROPAGATIONS.includes(propagation)) {
    notSupported(errors, path, goJsonString(propagation), PROPAGATIONS);
  }
  if (propagation !== "Bidirectional" || securityContext?.privileged === true) return;
  const detail = "Bidirectional mount propagation is available only to privileged containers";
  forbidden(errors, path, detail);
}

function validateMountRecursiveReadOnly(errors: FieldErrors, path: Path, mount: VolumeMount): void {
  const { recursiveReadOnly, readOnly, mountPropagation = "None" } = mount;
  if (recursiveReadOnly === undefined || recursiveReadOnly === "Disabled") return;
  if (!RECURSIVE_READ_ONLY.includes(recursiveReadOnly)) {
    notSupported(errors, path, goJsonString(recursiveReadOnly), RECURSIVE_READ_ONLY);
    return;
  }
  if (readOnly !== true) forbidden(errors, path, "may only be specified when readOnly is true");
  if (mountPropagation !== "None") {
    const detail = "may only be specified when mountPropagation is None or not specified";
    forbidden(errors, path, detail);
  }
}

function validateBindMountOptions(
  errors: FieldErrors,
  path: Path,
  mount: VolumeMount & { readonly bindMountOptions?: readonly string[] },
  volumes: KnownVolumes,
): void {
  const { bindMountOptions: options = [], name } = mount;
  if (options.length === 0) return;
  options.forEach((option, index) => {
    if (!BIND_MOUNT_OPTIONS.includes(option)) {
      notSupported(errors, indexed(path, index), goQuote(option), BIND_MOUNT_OPTIONS);
    }
    if (options.indexOf(option) < index) duplicate(errors, indexed(path, index), option);
  });
  const image: JsonValue | undefined = volumes.get(name)?.["image"];
  if (image === undefined) return;
  const json = `[${options.map(goJsonString).join(",")}]`;
  invalid(errors, path, json, "bindMountOptions may not be used with image volumes");
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateVolumeDevices */
export function validateVolumeDevices(
  errors: FieldErrors,
  path: Path,
  container: Container,
  volumes: KnownVolumes,
): void {
  const mounts = pathsByName(container.volumeMounts ?? [], "mountPath");
  const names = new Set<string>();
  const devicePaths = new Set<string>();
  container.volumeDevices?.forEach((device, index) => {
    const { name, devicePath } = device as { readonly name: string; readonly devicePath: string };
    const namePath = child(indexed(path, index), "name");
    const targetPath = child(indexed(path, index), "devicePath");
    const volume = volumes.get(name);
    if (name === "") required(errors, namePath);
    if (names.has(name)) invalid(errors, namePath, goQuote(name), "must be unique");
    if (volume === undefined) notFound(errors, namePath, name);
    else if (volume["persistentVolumeClaim"] === undefined && volume["ephemeral"] === undefined) {
      const detail =
        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      invalid(errors, namePath, goQuote(name), detail);
    }
    if (devicePath === "") required(errors, targetPath);
    if (devicePaths.has(devicePath))
      invalid(errors, targetPath, goQuote(devicePath), "must be unique");
    if (devicePath.split("/").includes("..")) {
      invalid(errors, targetPath, goQuote(devicePath), "can not contain backsteps ('..')");
    } else devicePaths.add(devicePath);
    if (mounts.has(name)) {
      invalid(errors, namePath, goQuote(name), "must not already exist in volumeMounts");
    }
    if ([...mounts.values()].includes(devicePath)) {
      const detail = "must not already exist as a path in volumeMounts";
      invalid(errors, targetPath, goQuote(devicePath), detail);
    }
    if (name !== "") names.add(name);
  });
}
