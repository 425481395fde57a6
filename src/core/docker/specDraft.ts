// The OCI spec while dockerd is building it, and the options that it applies one after the other.
// @see moby v28.5.2 oci/defaults.go DefaultLinuxSpec; daemon/oci_linux.go createSpec
import type {
  OciDevice,
  OciDeviceCgroup,
  OciMount,
  OciNamespace,
  OciSeccomp,
  OciSpec,
} from "../model/oci.ts";
import {
  DOCKER_CAPABILITIES,
  DOCKER_DEVICE_RULES,
  DOCKER_MOUNTS,
  DOCKER_NAMESPACES,
  DOCKER_READONLY_PATHS,
} from "../tables/docker.ts";
import type { Facts } from "./facts.ts";

export interface SpecDraft {
  readonly ociVersion: string;
  readonly process: {
    user: { uid: number; gid: number; additionalGids: readonly number[] };
    /** The image's user decides and nobody knows it: no user is written. */
    userUnknown: boolean;
    capabilities: {
      bounding: readonly string[];
      effective: readonly string[];
      permitted: readonly string[];
    };
    noNewPrivileges: boolean;
    apparmorProfile: string;
    selinuxLabel: string;
  };
  readonly root: { readonly: boolean };
  mounts: readonly OciMount[];
  readonly linux: {
    sysctl: Readonly<Record<string, string>>;
    deviceRules: readonly OciDeviceCgroup[];
    namespaces: readonly OciNamespace[];
    devices: readonly OciDevice[];
    seccomp: OciSeccomp | undefined;
    rootfsPropagation: string;
    maskedPaths: readonly string[];
    readonlyPaths: readonly string[];
    mountLabel: string;
  };
}

/** Changes the draft, or refuses it with dockerd's text. */
export type SpecOpt = (draft: SpecDraft) => string | undefined;

/** The first refusal ends it. */
export function applyOpts(draft: SpecDraft, opts: readonly SpecOpt[]): string | undefined {
  for (const opt of opts) {
    const error = opt(draft);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** An option that cannot refuse. */
export function change(edit: (draft: SpecDraft) => void): SpecOpt {
  return (draft) => {
    edit(draft);
    return undefined;
  };
}

export function defaultSpec(facts: Facts): SpecDraft {
  const held = DOCKER_CAPABILITIES;
  return {
    ociVersion: facts.release.ociVersion,
    process: {
      user: { uid: 0, gid: 0, additionalGids: [] },
      userUnknown: false,
      capabilities: { bounding: held, effective: held, permitted: held },
      noNewPrivileges: false,
      apparmorProfile: "",
      selinuxLabel: "",
    },
    root: { readonly: false },
    mounts: DOCKER_MOUNTS,
    linux: {
      sysctl: {},
      deviceRules: DOCKER_DEVICE_RULES,
      namespaces: DOCKER_NAMESPACES,
      devices: [],
      seccomp: undefined,
      rootfsPropagation: "",
      maskedPaths: defaultMaskedPaths(facts),
      readonlyPaths: DOCKER_READONLY_PATHS,
      mountLabel: "",
    },
  };
}

export function defaultMaskedPaths({ release, world }: Facts): readonly string[] {
  if (!release.masksThermalThrottle) return release.maskedPaths;
  const throttles = world.node.thermalThrottleCpus.map(
    (cpu) => `/sys/devices/system/cpu/cpu${cpu}/thermal_throttle`,
  );
  return [...release.maskedPaths, ...throttles];
}

/** The document as Go's encoder writes it: empty lists, empty text and false left out. */
export function writeSpec({ ociVersion, process, root, mounts, linux }: SpecDraft): OciSpec {
  const { uid, gid, additionalGids } = process.user;
  const { bounding, effective, permitted } = process.capabilities;
  return {
    ociVersion,
    process: {
      ...(process.userUnknown
        ? {}
        : { user: { uid, gid, ...list("additionalGids", additionalGids) } }),
      capabilities: {
        ...list("bounding", bounding),
        ...list("effective", effective),
        ...list("permitted", permitted),
      },
      ...(process.noNewPrivileges ? { noNewPrivileges: true } : {}),
      ...text("apparmorProfile", process.apparmorProfile),
      ...text("selinuxLabel", process.selinuxLabel),
      cwd: "/",
    },
    root: { path: ROOTFS, ...(root.readonly ? { readonly: true } : {}) },
    ...list("mounts", mounts),
    linux: {
      ...(Object.keys(linux.sysctl).length === 0 ? {} : { sysctl: linux.sysctl }),
      resources: { ...list("devices", linux.deviceRules) },
      ...list("namespaces", linux.namespaces),
      ...list("devices", linux.devices),
      ...(linux.seccomp === undefined ? {} : { seccomp: linux.seccomp }),
      ...text("rootfsPropagation", linux.rootfsPropagation),
      ...list("maskedPaths", linux.maskedPaths),
      ...list("readonlyPaths", linux.readonlyPaths),
      ...text("mountLabel", linux.mountLabel),
    },
  };
}

export const DAEMON_ROOT = "/var/lib/docker";
export const ROOTFS: string = `${DAEMON_ROOT}/overlay2/<ID>/merged`;

function list<Key extends string, Item>(
  key: Key,
  items: readonly Item[],
): { [K in Key]?: readonly Item[] } {
  return items.length === 0 ? {} : ({ [key]: items } as { [K in Key]?: readonly Item[] });
}

function text<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  return value === "" ? {} : ({ [key]: value } as { [K in Key]?: string });
}
