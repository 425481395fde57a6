// HostConfig.Mounts: mounts as objects, with their checks and what they become.
// @see moby v28.5.2 volume/mounts/linux_parser.go validateMountConfigImpl, parseMountSpec, ConvertTmpfsOptions
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import { goQuote } from "../rules/goText.ts";
import { cleanPath } from "../rules/paths.ts";
import { DEFAULT_PROPAGATION, type MountPoint, NO_OPTIONS, PROPAGATIONS } from "./mountPoint.ts";
import { text } from "./request.ts";

const OPTIONS_OF: Readonly<Record<string, string>> = {
  BindOptions: "bind",
  VolumeOptions: "volume",
  TmpfsOptions: "tmpfs",
};

/** Whether a bind's source is there, nobody knows: it is taken to be. */
export function validateMountConfig(mount: JsonObject): string | undefined {
  const type = text(mount["Type"]);
  for (const [field, owner] of Object.entries(OPTIONS_OF)) {
    if (isJsonObject(mount[field]) && type !== owner) {
      return `${field} must not be specified on mount type ${goQuote(type)}`;
    }
  }
  const refusal = targetRefusal(text(mount["Target"])) ?? refusalOf(type, mount);
  return refusal === undefined ? undefined : mountError(type, refusal);
}

export function mountError(type: string, refusal: string): string {
  return `invalid mount config for type ${goQuote(type)}: ${refusal}`;
}

export function targetRefusal(target: string): string | undefined {
  return target === "" ? "field Target must not be empty" : destinationRefusal(target);
}

/** @see moby v28.5.2 volume/mounts/linux_parser.go ValidateTmpfsMountDestination */
export function destinationRefusal(path: string): string | undefined {
  const slashed = path.replaceAll("\\", "/");
  if (cleanPath(slashed) === "/") return "invalid specification: destination can't be '/'";
  return slashed.startsWith("/")
    ? undefined
    : `invalid mount path: '${path}' mount path must be absolute`;
}

function refusalOf(type: string, mount: JsonObject): string | undefined {
  const source = text(mount["Source"]);
  switch (type) {
    case "bind": {
      if (source === "") return "field Source must not be empty";
      const propagation = text(options(mount, "BindOptions")["Propagation"]);
      if (propagation !== "" && !PROPAGATIONS.has(propagation)) {
        return `invalid propagation mode: ${propagation}`;
      }
      return source.replaceAll("\\", "/").startsWith("/")
        ? undefined
        : `invalid mount path: '${source}' mount path must be absolute`;
    }
    case "volume":
      return mount["ReadOnly"] === true && source === ""
        ? "must not set ReadOnly mode when using anonymous volumes"
        : undefined;
    case "tmpfs":
      return source === "" ? undefined : "field Source must not be specified";
    case "image":
      return source === "" ? "field Source must not be empty" : undefined;
    default:
      return "mount type unknown";
  }
}

/** `mount` has passed validateMountConfig. */
export function parseMountSpec(mount: JsonObject): MountPoint {
  const type = text(mount["Type"]) as MountPoint["type"];
  const bind = options(mount, "BindOptions");
  const source = text(mount["Source"]);
  const propagation = text(bind["Propagation"]) || DEFAULT_PROPAGATION;
  return {
    ...NO_OPTIONS,
    type,
    destination: cleanPath(text(mount["Target"])),
    source: type === "bind" ? cleanPath(source) : source,
    writable: mount["ReadOnly"] !== true && type !== "image",
    propagation: type === "bind" || type === "image" ? propagation : "",
    nonRecursive: bind["NonRecursive"] === true,
    readOnlyNonRecursive: bind["ReadOnlyNonRecursive"] === true,
    readOnlyForceRecursive: bind["ReadOnlyForceRecursive"] === true,
    data: type === "tmpfs" ? tmpfsData(mount) : "",
  };
}

const SUFFIXES = [
  ["g", 2 ** 30],
  ["m", 2 ** 20],
  ["k", 2 ** 10],
] as const;

function tmpfsData(mount: JsonObject): string {
  const tmpfs = options(mount, "TmpfsOptions");
  const mode = numberOf(tmpfs["Mode"]);
  const size = numberOf(tmpfs["SizeBytes"]);
  const [suffix, divisor] = SUFFIXES.find(([, unit]) => size % unit === 0) ?? ["", 1];
  const extra = Array.isArray(tmpfs["Options"]) ? (tmpfs["Options"] as readonly JsonValue[]) : [];
  return [
    ...(mount["ReadOnly"] === true ? ["ro"] : []),
    ...(mode === 0 ? [] : [`mode=${mode.toString(8)}`]),
    ...(size === 0 ? [] : [`size=${size / divisor}${suffix}`]),
    ...extra.map((pair) => (Array.isArray(pair) ? pair.map(text).join("=") : "")),
  ].join(",");
}

function options(mount: JsonObject, field: string): JsonObject {
  const value = mount[field];
  return isJsonObject(value) ? value : {};
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
}
