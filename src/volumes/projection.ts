// configMap, secret, projected and downwardAPI: files that the kubelet writes into a folder and gives to the fsGroup.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { rootMode } from "../core/kubelet/volumeTree.ts";
import type { JsonObject } from "../core/model/json.ts";
import { asGoErrors } from "./failure.ts";
import { makeVolumeFolder } from "./folders.ts";
import { nestedMountpoints } from "./nestedMountpoints.ts";
import { ownTree } from "./ownTree.ts";
import { payloadOf } from "./payload.ts";
import type { PreparedVolume, SetUp } from "./volume.ts";
import { writePayload } from "./writePayload.ts";

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
  makeVolumeFolder(folder, rootMode({ plugin: source }));
  // The emptyDir that it wraps is given to the group before it is written to, read and write.
  if (fsGroup !== undefined) ownTree(folder, { fsGroup, readOnly: false });
  for (const nested of nestedMountpoints(name, pod)) {
    const place = join(folder, nested);
    asGoErrors("unable to create nested volume mountpoints: mkdir", place, () =>
      mkdirSync(place, { recursive: true, mode: 0o755 }),
    );
  }
  writePayload(folder, payload, () => {
    if (fsGroup !== undefined) ownTree(folder, { fsGroup, readOnly: true });
  });
  return { name, plugin: source, path: folder, readOnly: true };
}
