// PersistentVolumeClaims: the folder told for it, the volume it is bound to in the manifests, else a new empty folder.
import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { ownershipOf } from "../core/kubelet/changePermissions.ts";
import type { JsonObject } from "../core/model/json.ts";
import { goQuote } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";
import { makeVolumeFolder } from "./folders.ts";
import { setUpHostPath } from "./hostPath.ts";
import { asText, findObject, part } from "./objects.ts";
import { ownTree } from "./ownTree.ts";
import type { PreparedVolume, SetUp } from "./volume.ts";

/** The claim cannot be used at all: the kubelet does not come as far as setting a volume up. */
export class ClaimError extends VolumeError {}

/** @throws VolumeError */
export function setUpClaim(name: string, volume: JsonObject, given: SetUp): PreparedVolume {
  const { input, fsGroup } = given;
  const claimName = asText(volume["claimName"]);
  const readOnly = volume["readOnly"] === true;
  const told = input.claims?.[claimName];
  const { plugin, path } =
    told === undefined
      ? boundFolder(claimName, volume["ephemeral"] === true, given)
      : { plugin: "persistentVolumeClaim", path: existing(told) };
  const rule = ownershipOf({ plugin, readOnly });
  if (rule !== undefined && fsGroup !== undefined) {
    const policy = input.pod.spec.securityContext?.fsGroupChangePolicy;
    ownTree(path, { fsGroup, readOnly: rule.readOnly }, policy);
  }
  return { name, plugin: "persistentVolumeClaim", path, readOnly };
}

function boundFolder(
  claimName: string,
  isEphemeral: boolean,
  { input, folder }: SetUp,
): { readonly plugin: string; readonly path: string } {
  const namespace = input.pod.metadata?.namespace ?? "default";
  const claim = findObject(
    { namespace, objects: input.objects },
    "PersistentVolumeClaim",
    claimName,
  );
  if (claim === undefined && !isEphemeral) {
    throw new ClaimError(
      `error processing PVC ${namespace}/${claimName}: failed to fetch PVC from API server: persistentvolumeclaims ${goQuote(claimName)} not found`,
    );
  }
  const volumeName = asText(part(claim, "spec")["volumeName"]);
  const bound = input.objects.find(
    (object) =>
      object["kind"] === "PersistentVolume" &&
      (part(object, "metadata")["name"] === volumeName ||
        (part(part(object, "spec"), "claimRef")["name"] === claimName &&
          part(part(object, "spec"), "claimRef")["namespace"] === namespace)),
  );
  const spec = part(bound, "spec");
  if (spec["hostPath"] !== undefined) {
    const { path, type } = part(spec, "hostPath");
    setUpHostPath(asText(path), asText(type));
    return { plugin: "hostPath", path: asText(path) };
  }
  if (spec["local"] !== undefined) {
    return { plugin: "local", path: existing(asText(part(spec, "local")["path"])) };
  }
  // What a provisioner would hand out: empty, and open to everybody as the simple ones make it.
  const path = join(folder, "..", "..", "claims", claimName);
  makeVolumeFolder(path, 0o777);
  return { plugin: "persistentVolumeClaim", path };
}

/** A folder of the host; symlinks on the way to it are followed, for it was told by a person. */
function existing(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new VolumeError(`path ${goQuote(path)} does not exist`);
  if (!stat.isDirectory()) throw new VolumeError(`path ${goQuote(path)} is not a directory`);
  return realpathSync(path);
}
