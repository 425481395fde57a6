// A privileged container: every capability of the daemon, all devices, nothing masked, /sys and cgroups writable, no LSM, no seccomp.
// @see containerd v2.1.9 pkg/oci/spec_opts.go WithPrivileged; spec_opts_linux.go WithHostDevices
import type { OciDevice, OciMount } from "../model/oci.ts";
import { setCapabilities } from "./capabilities.ts";
import type { Facts } from "./facts.ts";
import { applyOpts, change, type SpecOpt } from "./specDraft.ts";

export function withPrivileged({ allCaps }: Facts): SpecOpt {
  const opts = [
    setCapabilities(allCaps),
    withMaskedPaths([]),
    withReadonlyPaths([]),
    withWriteable("sysfs"),
    withWriteable("cgroup"),
    change(({ process, linux }) => {
      process.selinuxLabel = "";
      process.apparmorProfile = "";
      linux.seccomp = undefined;
    }),
  ];
  return (draft) => applyOpts(draft, opts);
}

export function withMaskedPaths(paths: readonly string[]): SpecOpt {
  return change(({ linux }) => {
    linux.maskedPaths = paths;
  });
}

export function withReadonlyPaths(paths: readonly string[]): SpecOpt {
  return change(({ linux }) => {
    linux.readonlyPaths = paths;
  });
}

function withWriteable(type: string): SpecOpt {
  return change((draft) => {
    draft.mounts = draft.mounts.map((mount) => (mount.type === type ? writeable(mount) : mount));
  });
}

/** Its option `ro` becomes `rw`. */
export function writeable(mount: OciMount): OciMount {
  return {
    ...mount,
    options: (mount.options ?? []).map((option) => (option === "ro" ? "rw" : option)),
  };
}

/** Every device node below /dev of the host; left out when the world does not tell them. */
export function withHostDevices({ world, unknown }: Facts): SpecOpt {
  return change(({ linux }) => {
    const { devices } = world.node;
    if (devices === undefined) unknown.add("node.devices");
    else linux.devices.push(...(devices as unknown as readonly OciDevice[]));
  });
}

export function withAllDevicesAllowed(): SpecOpt {
  return change(({ linux }) => {
    linux.deviceRules = [{ allow: true, access: "rwm" }];
  });
}
