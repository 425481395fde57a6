// emptyDir: a folder of the pod's own, or a tmpfs with a size.
//
// @see kubernetes v1.37.2 pkg/volume/emptydir/empty_dir.go SetUpAt
import { rootMode } from "../core/kubelet/volumeTree.ts";
import type { JsonObject } from "../core/model/json.ts";
import { gateEnabled } from "../core/rules/featureGates.ts";
import { goQuote } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";
import { makeVolumeFolder } from "./folders.ts";
import { memoryMount } from "./memory.ts";
import { asNumber, asText } from "./objects.ts";
import { ownTree } from "./ownTree.ts";
import type { PreparedVolume, SetUp } from "./volume.ts";

/** @throws VolumeError */
export function setUpEmptyDir(name: string, volume: JsonObject, given: SetUp): PreparedVolume {
  const { folder, fsGroup, world } = given;
  const medium = asText(volume["medium"]);
  if (medium !== "" && medium !== "Memory") throw new VolumeError(unknownMedium(medium));
  const told = gateEnabled(world, "EmptyDirVolumeMode") ? asNumber(volume["mode"]) : undefined;
  const mode = rootMode({
    plugin: "emptyDir",
    medium,
    ...(told === undefined ? {} : { mode: told }),
  });
  const prepared = { name, plugin: "emptyDir", path: folder, readOnly: false };
  if (medium !== "") return { ...prepared, mount: memoryMount(mode, volume, given) };
  makeVolumeFolder(folder, mode);
  if (fsGroup !== undefined) ownTree(folder, { fsGroup, readOnly: false });
  return prepared;
}

function unknownMedium(medium: string): string {
  return medium.startsWith("HugePages")
    ? "secctx has no huge pages on this machine"
    : `unknown storage medium ${goQuote(medium)}`;
}
