// Facts of this machine, read from /proc, /sys and /dev: what the world file's `node` part says where nobody tells it.
import { existsSync, readdirSync } from "node:fs";
import type { Release } from "../core/model/version.ts";
import type { NodeFacts } from "../core/model/world.ts";
import { fromMask } from "../core/rules/capabilitySet.ts";
import { goArchitecture } from "./architecture.ts";
import { type CgroupLayout, readCgroupLayout } from "./cgroups.ts";
import { type IdMap, ownIdMap } from "./idMap.ts";
import { textIfThere } from "./ifThere.ts";
import { findProgram } from "./programs.ts";

export type { CgroupLayout } from "./cgroups.ts";
export { hostDevices } from "./devices.ts";
export { findOciRuntime, type OciRuntime } from "./ociRuntime.ts";

/** What this machine is. */
export interface HostFacts {
  readonly root: boolean;
  /** As `uname -r` says it: `6.18.44-fc`. */
  readonly kernelRelease: string;
  readonly cgroup: CgroupLayout;
  /** The ids that there are in the user namespace of secctx; absent: the host's own, which has all. */
  readonly ids?: IdMap;
  /** The part of a world file's `node` that this machine decides. */
  readonly node: Pick<
    NodeFacts,
    | "appArmor"
    | "seLinux"
    | "appArmorParser"
    | "kernel"
    | "cgroup"
    | "thermalThrottleCpus"
    | "appArmorProfiles"
    | "architecture"
    | "capabilities"
    | "inUserNamespace"
  >;
}

/**
 * Reads a few files under /proc and /sys and starts no process.
 * @param root another root directory than `/`, for tests
 * @returns facts of this machine; a file that is not there means the feature is not there
 */
export function readHost(root = ""): HostFacts {
  const kernelRelease = textIfThere(`${root}/proc/sys/kernel/osrelease`).trim();
  const cgroup = readCgroupLayout(textIfThere(`${root}/proc/self/mounts`));
  const profiles = textIfThere(`${root}/sys/kernel/security/apparmor/profiles`);
  const ids = ownIdMap(root);
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(textIfThere(`${root}/proc/self/status`))?.[1];
  return {
    root: process.getuid?.() === 0,
    kernelRelease,
    cgroup,
    ...(ids === undefined ? {} : { ids }),
    node: {
      // Only root may load profiles.
      appArmor:
        ids === undefined &&
        textIfThere(`${root}/sys/module/apparmor/parameters/enabled`).startsWith("Y"),
      ...(profiles === "" ? {} : { appArmorProfiles: appArmorProfiles(profiles) }),
      appArmorParser: findProgram("apparmor_parser") !== undefined,
      seLinux: hasSELinux(root),
      kernel: kernelVersion(kernelRelease),
      architecture: goArchitecture(),
      cgroup: cgroup.version,
      ...(ids === undefined ? {} : { inUserNamespace: true }),
      ...(bounding === undefined ? {} : { capabilities: fromMask(BigInt(`0x${bounding}`)) }),
      thermalThrottleCpus: thermalThrottleCpus(`${root}/sys/devices/system/cpu`),
    },
  };
}

/** `6.18` of `6.18.44-fc`. */
export function kernelVersion(release: string): Release {
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  return `${Number(major)}.${Number(minor)}`;
}

/** Names in /sys/kernel/security/apparmor/profiles, one `name (mode)` a line; a name may hold spaces and brackets. */
export function appArmorProfiles(text: string): string[] {
  return [...text.matchAll(/^(.+) \((?:enforce|complain|kill|unconfined|prompt)\)$/gm)].map(
    (match) => match[1] ?? "",
  );
}

/**
 * The selinuxfs is mounted and a policy is loaded: without one every process is `kernel`.
 * @see opencontainers/selinux v1.11.0 go-selinux/selinux_linux.go getEnabled
 */
function hasSELinux(root: string): boolean {
  if (!existsSync(`${root}/sys/fs/selinux/enforce`)) return false;
  const context = textIfThere(`${root}/proc/self/attr/current`).replaceAll("\0", "").trim();
  return context !== "" && context !== "kernel";
}

function thermalThrottleCpus(folder: string): number[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^cpu\d+$/.test(name) && existsSync(`${folder}/${name}/thermal_throttle`))
    .map((name) => Number(name.slice(3)))
    .sort((a, b) => a - b);
}
