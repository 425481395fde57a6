// configMap, secret, projected and downwardAPI: files that the kubelet writes into a folder and gives to the fsGroup; a
// configMap lies on the disk, the others in memory only.
//
// @see kubernetes v1.37.2 pkg/volume/secret/secret.go, projected/projected.go, downwardapi/downwardapi.go wrappedVolumeSpec
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { rootMode } from "../core/kubelet/volumeTree.ts";
import type { JsonObject } from "../core/model/json.ts";
import { asGoErrors } from "./failure.ts";
import { makeVolumeFolder } from "./folders.ts";
import { memoryMount } from "./memory.ts";
import { nestedMountpoints } from "./nestedMountpoints.ts";
import { ownTree } from "./ownTree.ts";
import { payloadOf } from "./payload.ts";
import type { PreparedVolume, SetUp, VolumeMountPoint } from "./volume.ts";
import { writePayload } from "./writePayload.ts";

const IN_MEMORY = ["secret", "projected", "downwardAPI"] as const;
type InMemory = (typeof IN_MEMORY)[number];

export function isInMemory(source: string | undefined): source is InMemory {
  return IN_MEMORY.some((one) => one === source);
}

/** Makes the folder. @throws VolumeError */
export function projectionMount(source: InMemory, given: SetUp): VolumeMountPoint {
  return memoryMount(rootMode({ plugin: source }), {}, given);
}

/** @throws VolumeError */
export function setUpProjection(
  name: string,
  source: "configMap" | "secret" | "projected" | "downwardAPI",
  volume: JsonObject,
  given: SetUp,
): PreparedVolume {
  const { input, folder, fsGroup, fsUser } = given;
  const { pod, objects } = input;
  const store = { namespace: pod.metadata?.namespace ?? "default", objects };
  const { allocatable } = given;
  const payload = payloadOf(source, volume, { pod, store, allocatable, fsGroup, fsUser });
  const nested = nestedMountpoints(name, pod);
  const fill = (seen: string): void => {
    for (const place of nested.map((one) => join(seen, one))) {
      asGoErrors("unable to create nested volume mountpoints: mkdir", place, () =>
        mkdirSync(place, { recursive: true, mode: 0o755 }),
      );
    }
    writePayload(seen, payload, () => {
      if (fsGroup !== undefined) ownTree(seen, { fsGroup, readOnly: true });
    });
  };
  const prepared = { name, plugin: source, path: folder, readOnly: true };
  if (source !== "configMap") return { ...prepared, mount: projectionMount(source, given), fill };
  const mode = rootMode({ plugin: source });
  makeVolumeFolder(folder, mode);
  // The emptyDir that it wraps is given to the group before it is written to, read and write.
  if (fsGroup !== undefined) ownTree(folder, { fsGroup, readOnly: false });
  fill(folder);
  return prepared;
}
