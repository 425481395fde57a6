// Whether a read-only bind is read-only all the way down: where dockerd asks for it and kernel and OCI runtime can.
// @see moby v28.5.2 daemon/oci_linux.go withMounts; daemon/daemon_linux.go supportsRecursivelyReadOnly
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { Facts } from "./facts.ts";
import type { MountPoint } from "./mountPoint.ts";

/** mount_setattr(2). */
const KERNEL_CAN: ReleasedRows<boolean> = [{ since: "5.12", value: true }];

/** `runc features` tells the mount options since 1.1. */
const RUNC_CAN: ReleasedRows<boolean> = [{ since: "1.1", value: true }];

export type ReadOnlyOrError =
  | { readonly options: readonly ("ro" | "rro")[]; readonly error?: undefined }
  | { readonly error: string };

export function recursiveReadOnly(point: MountPoint, { release, world }: Facts): ReadOnlyOrError {
  if (!release.recursiveReadOnly) return { options: ["ro"] };
  const refusal = unsupported(world);
  if (refusal === undefined) return { options: [point.readOnlyNonRecursive ? "ro" : "rro"] };
  return point.readOnlyForceRecursive ? { error: refusal } : { options: ["ro"] };
}

function unsupported({ node, runtime }: Facts["world"]): string | undefined {
  if (atRelease(KERNEL_CAN, node.kernel) !== true) {
    return "rro is not supported: failed to call mount_setattr: function not implemented (kernel is older than 5.12?)";
  }
  const { name, version } = runtime.ociRuntime;
  return name !== "runc" || atRelease(RUNC_CAN, version) === true
    ? undefined
    : `rro is not supported by runtime "${name}": OCI features struct is not available`;
}
