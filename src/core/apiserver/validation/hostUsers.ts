// What a pod with a user namespace of its own may not have: the host's other namespaces, and block devices.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateHostUsers
import type { PodSpec } from "../../model/pod.ts";
import { visitContainers } from "../containers.ts";
import { type FieldErrors, forbidden } from "../fieldError.ts";
import {
  allowUserNamespacesHostNetworkSupport,
  allowUserNamespacesWithVolumeDevices,
  type PodOptions,
} from "../options.ts";
import { child, childShownAs, type Path } from "../path.ts";

const DETAIL = "when `hostUsers` is false";

export function validateHostUsers(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  options: PodOptions,
): void {
  if (spec.hostUsers !== false) return;
  if (spec.hostNetwork === true && !allowUserNamespacesHostNetworkSupport(options)) {
    forbidden(errors, child(path, "hostNetwork"), DETAIL);
  }
  // The server spells these two as the Go fields are called.
  if (spec.hostPID === true) forbidden(errors, childShownAs(path, "hostPID", "HostPID"), DETAIL);
  if (spec.hostIPC === true) forbidden(errors, childShownAs(path, "hostIPC", "HostIPC"), DETAIL);
  if (allowUserNamespacesWithVolumeDevices(options)) return;
  visitContainers(spec, path, ({ volumeDevices }, containerPath) => {
    if (volumeDevices === undefined || volumeDevices.length === 0) return;
    forbidden(errors, child(containerPath(), "volumeDevices"), DETAIL);
  });
}
