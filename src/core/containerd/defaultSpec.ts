// The spec that containerd starts from, without the mount on /run and without rlimits, which the CRI plugin takes away.
// @see containerd v2.1.9 pkg/oci/spec.go populateDefaultUnixSpec; pkg/oci/mounts.go defaultMounts
import type { OciMount } from "../model/oci.ts";
import { DEFAULT_CAPABILITIES, DEFAULT_READONLY_PATHS } from "../tables/containerd.ts";
import type { Facts } from "./facts.ts";
import type { SpecDraft } from "./specDraft.ts";

export const DEV_SHM = "/dev/shm";

export function defaultSpec({ release }: Facts): SpecDraft {
  return {
    ociVersion: release.ociVersion,
    process: {
      user: { uid: 0, gid: 0, additionalGids: [] },
      userUnknown: false,
      capabilities: {
        bounding: [...DEFAULT_CAPABILITIES],
        effective: [...DEFAULT_CAPABILITIES],
        permitted: [...DEFAULT_CAPABILITIES],
      },
      noNewPrivileges: true,
      apparmorProfile: "",
      selinuxLabel: "",
      cwd: "/",
      args: [],
    },
    root: { path: "rootfs", readonly: false },
    mounts: [...DEFAULT_MOUNTS],
    linux: {
      uidMappings: [],
      gidMappings: [],
      sysctl: {},
      deviceRules: [{ allow: false, access: "rwm" }],
      namespaces: [
        { type: "pid" },
        { type: "ipc" },
        { type: "uts" },
        { type: "mount" },
        { type: "network" },
      ],
      devices: [],
      seccomp: undefined,
      rootfsPropagation: "",
      maskedPaths: release.maskedPaths,
      readonlyPaths: DEFAULT_READONLY_PATHS,
      mountLabel: "",
    },
  };
}

const DEFAULT_MOUNTS: readonly OciMount[] = [
  mount("/proc", "proc", "proc", "nosuid noexec nodev"),
  mount("/dev", "tmpfs", "tmpfs", "nosuid strictatime mode=755 size=65536k"),
  mount("/dev/pts", "devpts", "devpts", "nosuid noexec newinstance ptmxmode=0666 mode=0620 gid=5"),
  mount(DEV_SHM, "tmpfs", "shm", "nosuid noexec nodev mode=1777 size=65536k"),
  mount("/dev/mqueue", "mqueue", "mqueue", "nosuid noexec nodev"),
  mount("/sys", "sysfs", "sysfs", "nosuid noexec nodev ro"),
];

function mount(destination: string, type: string, source: string, options: string): OciMount {
  return { destination, type, source, options: options.split(" ") };
}
