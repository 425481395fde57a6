// A volume in memory: the tmpfs with its size, and whether it may be swapped out.
//
// @see kubernetes v1.37.2 pkg/volume/emptydir/empty_dir.go calculateEmptyDirMemorySize, generateTmpfsMountOptions
import { release } from "node:os";
import { resourceConfigForPod } from "../core/kubelet/calculateLinuxResources.ts";
import { ownedEntry } from "../core/kubelet/changePermissions.ts";
import type { JsonObject } from "../core/model/json.ts";
import { at, holdsIn, type Versioned } from "../core/model/version.ts";
import { parseQuantity, wholeUnits } from "../core/rules/quantity.ts";
import { kernelVersion } from "../node/node.ts";
import { makeVolumeFolder } from "./folders.ts";
import { asText } from "./objects.ts";
import type { SetUp, VolumeMountPoint } from "./volume.ts";

/** Of the folder below the tmpfs: nobody of the host has anything to write there. */
const COVERED = 0o700;

/** The kubelet keeps what lies in memory from the swap space. @see kubernetes#124060 */
const KEPT_FROM_SWAP: Versioned<boolean> = [{ since: "v1.31", value: true }];
/** @see kubernetes v1.37.2 pkg/util/kernel/constants.go TmpfsNoswapSupportKernelVersion */
const KNOWS_NOSWAP = { since: "6.4" } as const;

/**
 * Makes the folder for it.
 * @param mode of its root, before the fsGroup gets it
 * @param volume the emptyDir, or what wraps one without a limit
 */
export function memoryMount(mode: number, volume: JsonObject, given: SetUp): VolumeMountPoint {
  const { folder, fsGroup } = given;
  makeVolumeFolder(folder, COVERED);
  const root = { type: "dir", mode, gid: 0 };
  const owned = fsGroup === undefined ? root : ownedEntry(root, { fsGroup, readOnly: false });
  const options = [
    `mode=${owned.mode.toString(8)}`,
    `gid=${owned.gid}`,
    ...sizeOption(volume, given),
    ...swapOption(given),
  ];
  return { kind: "tmpfs", target: folder, options };
}

/** The smallest of the volume's limit, the pod's and the node's memory; none of them leaves it to the kernel. */
function sizeOption(volume: JsonObject, { input, world, allocatable }: SetUp): string[] {
  const { memory_limit_in_bytes: ofPod = "0" } = resourceConfigForPod(input.pod, world);
  let size = parseQuantity(allocatable()["memory"] ?? "") ?? 0n;
  for (const limit of [parseQuantity(ofPod), parseQuantity(asText(volume["sizeLimit"]))]) {
    if (limit !== undefined && limit > 0n && (size === 0n || limit <= size)) size = limit;
  }
  return size > 0n ? [`size=${wholeUnits(size)}`] : [];
}

/** The kernel has no such option for tmpfs of a user namespace. */
function swapOption({ world }: SetUp): string[] {
  const isKept = at(KEPT_FROM_SWAP, world.kubernetes) === true;
  if (!isKept || world.node.inUserNamespace === true) return [];
  return holdsIn(KNOWS_NOSWAP, kernelVersion(release())) ? ["noswap"] : [];
}
