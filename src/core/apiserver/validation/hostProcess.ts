// Windows HostProcess containers: all or none in a pod, on the host's network, and only where privileged ones are allowed.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateWindowsHostProcessPod
import type { PodSpec } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { visitContainers } from "../containers.ts";
import { type FieldErrors, forbidden, invalid } from "../fieldError.ts";
import { child, type Path } from "../path.ts";

export function validateWindowsHostProcessPod(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  world: World,
): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let hostProcesses = 0;
  visitContainers(spec, path, ({ securityContext }, containerPath) => {
    containers += 1;
    const own = securityContext?.windowsOptions?.hostProcess;
    if (own ?? ofPod) hostProcesses += 1;
    if (ofPod === undefined || own === undefined || own === ofPod) return;
    const options = child(child(containerPath(), "securityContext"), "windowsOptions");
    const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
    invalid(errors, child(options, "hostProcess"), String(own), detail);
  });
  if (hostProcesses === 0) return;
  if (hostProcesses !== containers) {
    const detail =
      "If pod contains any hostProcess containers then all containers must be HostProcess containers";
    invalid(errors, path, '""', detail);
  }
  if (spec.hostNetwork !== true) {
    const detail = "hostNetwork must be true if pod contains any hostProcess containers";
    invalid(errors, child(path, "hostNetwork"), "false", detail);
  }
  if (!world.allowPrivileged) {
    forbidden(errors, path, "hostProcess containers are disallowed by cluster policy");
  }
}
