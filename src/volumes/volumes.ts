// Pod volumes made real: each becomes a path on this host, with the content, modes and owners that the kubelet leaves.
import { join } from "node:path";
import { pluginOfVolume } from "../core/kubelet/changePermissions.ts";
import { fsUserFrom, isMounted } from "../core/kubelet/volumeTree.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Volume } from "../core/model/pod.ts";
import { DEFAULT_WORLD } from "../core/model/world.ts";
import { goQuote } from "../core/rules/goText.ts";
import { removeTree } from "../node/removeTree.ts";
import { ClaimError, setUpClaim } from "./claims.ts";
import { hostAllocatable } from "./downwardAPI.ts";
import { setUpEmptyDir } from "./emptyDir.ts";
import { VolumeError } from "./failure.ts";
import { setUpHostPath } from "./hostPath.ts";
import { asText, part } from "./objects.ts";
import { isInMemory, projectionMount, setUpProjection } from "./projection.ts";
import type { PreparedVolume, SetUp, VolumeMountPoint, VolumesInput } from "./volume.ts";

export {
  containerMounts,
  type MountFailure,
  type PreparedMount,
} from "./containerMounts.ts";
export type { PreparedVolume, VolumeMountPoint, VolumesInput } from "./volume.ts";

/** The event of the pod, in the kubelet's words; containers stay in ContainerCreating. */
export interface VolumeFailure {
  readonly reason: "FailedMount";
  readonly message: string;
}
/** Volumes in the pod's order, those that a container mounts; `failure` is there when one could not be set up. */
export interface VolumesAnswer {
  readonly volumes: readonly PreparedVolume[];
  readonly failure?: VolumeFailure;
}

/**
 * Makes the pod's volumes under `input.directory` and on this host, at the first failure it stops. No mount is made.
 * Call it as root.
 */
export function prepareVolumes(input: VolumesInput): VolumesAnswer {
  const { pod } = input;
  const volumes: PreparedVolume[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    if (!isMounted(pod, volume.name)) continue;
    try {
      volumes.push(setUp(volume, input));
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return { volumes, failure: failureOf(volume.name, error) };
    }
  }
  return { volumes };
}

/**
 * Makes the folders of those that lie in memory, and says how each will be mounted, which needs none of their content. One that
 * cannot be set up is told by `prepareVolumes`.
 */
export function memoryMounts(input: VolumesInput): VolumeMountPoint[] {
  const { pod } = input;
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    if (!isMounted(pod, volume.name) || !NAME.test(volume.name)) return [];
    const { source, given } = placeOf(volume, input);
    try {
      if (source === "emptyDir") {
        const asked = part(volume as JsonObject, source);
        if (asked["medium"] !== "Memory") return [];
        return setUpEmptyDir(volume.name, asked, given).mount ?? [];
      }
      return isInMemory(source) ? projectionMount(source, given) : [];
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return [];
    }
  });
}

/**
 * Writes the files of those in memory, at the first failure it stops. Call it when the engine has mounted them.
 * @param root path by which this process reaches `/` of the mount table where they are; "" for its own
 */
export function fillVolumes(
  volumes: readonly PreparedVolume[],
  root: string,
): VolumeFailure | undefined {
  for (const { name, path, fill } of volumes) {
    try {
      fill?.(root + path);
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return failureOf(name, new VolumeError(error.message.replaceAll(root + path, path)));
    }
  }
  return undefined;
}

function failureOf(volume: string, error: VolumeError): VolumeFailure {
  const message =
    error instanceof ClaimError
      ? `Unable to attach or mount volumes: unmounted volumes=[${volume}], unattached volumes=[], failed to process volumes=[${volume}]: ${error.message}`
      : `MountVolume.SetUp failed for volume ${goQuote(volume)} : ${error.message}`;
  return { reason: "FailedMount", message };
}

const NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

function setUp(volume: Volume, input: VolumesInput): PreparedVolume {
  const { name } = volume;
  if (!NAME.test(name)) throw new VolumeError(`invalid volume name ${goQuote(name)}`);
  const { source, given: common } = placeOf(volume, input);
  switch (source) {
    case "emptyDir":
      return setUpEmptyDir(name, part(volume as JsonObject, "emptyDir"), common);
    case "hostPath": {
      const { path, type } = part(volume as JsonObject, "hostPath");
      setUpHostPath(asText(path), asText(type));
      return { name, plugin: "hostPath", path: asText(path), readOnly: false };
    }
    case "configMap":
    case "secret":
    case "projected":
    case "downwardAPI":
      return setUpProjection(name, source, part(volume as JsonObject, source), common);
    case "persistentVolumeClaim":
      return setUpClaim(name, part(volume as JsonObject, "persistentVolumeClaim"), common);
    case "ephemeral": {
      const claimName = `${input.pod.metadata?.name ?? ""}-${name}`;
      return setUpClaim(name, { claimName, ephemeral: true }, common);
    }
    default:
      throw new Error(`a volume of a kind that volumesNotHad tells: ${name}`);
  }
}

function placeOf(
  volume: Volume,
  input: VolumesInput,
): { readonly source: string | undefined; readonly given: SetUp } {
  const plugin = pluginOfVolume(volume);
  const source = volume["ephemeral"] === undefined ? plugin?.source : "ephemeral";
  const folders = join(input.directory, "volumes", plugin?.folder ?? "other");
  const world = input.world ?? DEFAULT_WORLD;
  const given = {
    input,
    world,
    allocatable: () => input.allocatable ?? hostAllocatable(world.node.kubeletRoot),
    fsGroup: input.pod.spec.securityContext?.fsGroup,
    fsUser: fsUserFrom(input.pod),
    folder: join(folders, volume.name),
  };
  return { source, given };
}

/** Removes what `prepareVolumes` made under the pod's directory; follows no symlink, touches no hostPath and no claim. */
export function removeVolumes(directory: string): void {
  removeTree(join(directory, "volumes"));
}
