// emptyDir: a folder of the pod's own, or a tmpfs with a size.
//
// @see kubernetes v1.37.2 pkg/volume/emptydir/empty_dir.go SetUpAt
import { ownedEntry } from "../core/kubelet/changePermissions.ts";
import { rootMode } from "../core/kubelet/volumeTree.ts";
import type { JsonObject } from "../core/model/json.ts";
import { gateEnabled } from "../core/rules/featureGates.ts";
import { goQuote } from "../core/rules/goText.ts";
import { parseQuantity, wholeUnits } from "../core/rules/quantity.ts";
import { VolumeError } from "./failure.ts";
import { makeVolumeFolder } from "./folders.ts";
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
  makeVolumeFolder(folder, mode);
  const wish = fsGroup === undefined ? undefined : { fsGroup, readOnly: false };
  const prepared = { name, plugin: "emptyDir", path: folder, readOnly: false };
  if (medium === "") {
    if (wish !== undefined) ownTree(folder, wish);
    return prepared;
  }
  const root = { type: "dir", mode, gid: 0 };
  const owned = wish === undefined ? root : ownedEntry(root, wish);
  const options = [
    `mode=${owned.mode.toString(8)}`,
    `gid=${owned.gid}`,
    ...sizeOption(volume, given),
  ];
  return { ...prepared, mount: { kind: "tmpfs", target: folder, options } };
}

function unknownMedium(medium: string): string {
  return medium.startsWith("HugePages")
    ? "secctx has no huge pages on this machine"
    : `unknown storage medium ${goQuote(medium)}`;
}

/** The volume's limit where it is smaller than the node's memory; none of either leaves it to the kernel. */
function sizeOption(volume: JsonObject, given: SetUp): string[] {
  const limit = parseQuantity(asText(volume["sizeLimit"])) ?? 0n;
  const memory = parseQuantity(given.allocatable()["memory"] ?? "") ?? 0n;
  const size = limit > 0n && (memory === 0n || limit <= memory) ? limit : memory;
  return size > 0n ? [`size=${wholeUnits(size)}`] : [];
}
