// Warnings about volume plugins that are deprecated or gone.
// @see kubernetes v1.37.2 pkg/api/pod/warnings.go warningsForPodSpecAndMeta
import type { Volume } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { child, indexed, type Path } from "../path.ts";
import { type Warning, warningAt } from "../warning.ts";

/** In the server's order. */
const DEPRECATED: readonly (readonly [source: string, text: string])[] = [
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
];
/** The server's spelling in the path, where it differs from the field's. */
const SHOWN: Readonly<Record<string, string>> = { storageos: "storageOS" };

export function warningsForVolumes(
  warnings: Warning[],
  path: Path,
  volumes: readonly Volume[] | undefined,
  world: World,
): void {
  volumes?.forEach((volume, index) => {
    for (const [source, text] of DEPRECATED) {
      if (volume[source] === undefined) continue;
      const sourcePath = child(indexed(path, index), SHOWN[source] ?? source);
      const gitRepo = source === "gitRepo" && gateEnabled(world, "GitRepoVolumeDriver");
      warnings.push(warningAt(sourcePath, gitRepo ? "deprecated in v1.11" : text));
    }
  });
}
