// HostConfig.Binds: `SOURCE:DESTINATION[:MODE]`, where a source that is no absolute path names a volume.
// @see moby v28.5.2 volume/mounts/linux_parser.go ParseMountRaw, linuxValidMountMode
import { cleanPath } from "../rules/paths.ts";
import { mountError, targetRefusal } from "./mountConfig.ts";
import {
  DEFAULT_PROPAGATION,
  type MountPointOrError,
  NO_OPTIONS,
  PROPAGATIONS,
} from "./mountPoint.ts";

/** Words of a mode, of each kind at most one. */
const MODES: readonly ReadonlySet<string>[] = [
  new Set(["rw", "ro"]),
  new Set(["z", "Z"]),
  PROPAGATIONS,
  new Set(["nocopy"]),
  new Set(["consistent", "cached", "delegated"]),
];

export function parseMountRaw(raw: string): MountPointOrError {
  const invalid = `invalid volume specification: '${raw}'`;
  const parts = raw.split(":");
  const [first = "", second, mode = ""] = parts;
  if (first === "" || parts.length > 3) return { error: invalid };
  // A destination with a mode has no source.
  if (second !== undefined && parts.length === 2 && isValidMode(second)) return { error: invalid };
  if (!isValidMode(mode)) return { error: `invalid mode: ${mode}` };
  const source = second === undefined ? "" : first;
  const target = second ?? first;
  const type = source.startsWith("/") ? "bind" : "volume";
  const words = mode.split(",");
  const asked = words.find((word) => PROPAGATIONS.has(word));
  const isReadonly = words.includes("ro");
  const refusal =
    targetRefusal(target) ??
    (type === "volume" && asked !== undefined
      ? "field BindOptions must not be specified"
      : undefined) ??
    (type === "bind" && words.includes("nocopy")
      ? "field VolumeOptions must not be specified"
      : undefined) ??
    (type === "volume" && source === "" && isReadonly
      ? "must not set ReadOnly mode when using anonymous volumes"
      : undefined);
  if (refusal !== undefined) return { error: `${invalid}: ${mountError(type, refusal)}` };
  return {
    point: {
      ...NO_OPTIONS,
      type,
      destination: cleanPath(target),
      source: type === "bind" ? cleanPath(source) : source,
      writable: !isReadonly,
      propagation: type === "bind" ? (asked ?? DEFAULT_PROPAGATION) : "",
      relabel: words.includes("z") || words.includes("Z"),
    },
  };
}

function isValidMode(mode: string): boolean {
  if (mode === "") return true;
  const kinds = mode.split(",").map((word) => MODES.findIndex((kind) => kind.has(word)));
  return !kinds.includes(-1) && new Set(kinds).size === kinds.length;
}
