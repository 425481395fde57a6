// A variable whose value stands in a file of a volume: `valueFrom.fileKeyRef`.
import { closeSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../core/model/json.ts";
import { goQuote } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";
import { asText } from "./objects.ts";
import { ownPath, statOf } from "./openInside.ts";
import { parseEnv } from "./parseEnv.ts";
import { safeOpen } from "./subPath.ts";
import type { PreparedVolume } from "./volume.ts";

/**
 * undefined: the variable is optional and not there. A symlink that leads out of the volume is not followed.
 * @param root path by which this process reaches `/` of the mount table where the volumes are; "" for its own
 * @throws VolumeError in the kubelet's words
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeEnvironmentVariables
 */
export function fileKeyValue(
  selector: JsonObject,
  volumes: readonly PreparedVolume[],
  root: string,
): string | undefined {
  const volumeName = asText(selector["volumeName"]);
  const volume = volumes.find(({ name }) => name === volumeName);
  if (volume === undefined) {
    throw new VolumeError(`cannot find the volume ${goQuote(volumeName)} referenced by FileKeyRef`);
  }
  const path = asText(selector["path"]);
  const key = asText(selector["key"]);
  const value = parseEnv(textOf(volume.path, path, root), key);
  if (value !== "") return value;
  if (selector["optional"] === true) return undefined;
  throw new VolumeError(
    `environment variable key ${goQuote(key)} not found in file ${goQuote(join(volume.path, path))}`,
  );
}

function textOf(folder: string, path: string, root: string): string {
  try {
    const real = realpathSync(folder);
    const fd = safeOpen({ path: real, seen: root + real }, path);
    try {
      // A pipe would keep its reader waiting.
      if (statOf(fd).isFile()) return readFileSync(ownPath(fd), "utf8");
    } finally {
      closeSync(fd);
    }
  } catch {
    // No such file, a link out of the volume, a disk that fails: the kubelet says one sentence of all.
  }
  throw new VolumeError("couldn't parse env file");
}
