// The OCI spec while containerd is building it, and the options that it applies one after the other.
// @see containerd v2.1.9 pkg/oci/spec.go ApplyOpts
import type {
  OciDevice,
  OciDeviceCgroup,
  OciIDMapping,
  OciMount,
  OciNamespace,
  OciSeccomp,
  OciSpec,
} from "../model/oci.ts";

export interface UserDraft {
  uid: number;
  gid: number;
  additionalGids: number[];
}
export interface SpecDraft {
  readonly ociVersion: string;
  readonly process: {
    user: UserDraft;
    /** The image's user decides and nobody knows it: no user is written. */
    userUnknown: boolean;
    capabilities: { bounding: string[]; effective: string[]; permitted: string[] };
    noNewPrivileges: boolean;
    apparmorProfile: string;
    selinuxLabel: string;
    readonly cwd: string;
    /** Only the sandbox's: a container's program is the engine's business. */
    args: readonly string[];
  };
  readonly root: { path: string; readonly: boolean };
  mounts: OciMount[];
  readonly linux: {
    uidMappings: OciIDMapping[];
    gidMappings: OciIDMapping[];
    sysctl: Record<string, string>;
    deviceRules: OciDeviceCgroup[];
    namespaces: OciNamespace[];
    devices: OciDevice[];
    seccomp: OciSeccomp | undefined;
    rootfsPropagation: string;
    maskedPaths: readonly string[];
    readonlyPaths: readonly string[];
    mountLabel: string;
  };
}

/** Changes the draft, or refuses it with containerd's text. */
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

/** The document as Go's encoder writes it: empty lists, empty text and false left out. */
export function writeSpec({ ociVersion, process, root, mounts, linux }: SpecDraft): OciSpec {
  const { uid, gid, additionalGids } = process.user;
  return {
    ociVersion,
    process: {
      ...(process.userUnknown
        ? {}
        : { user: { uid, gid, ...list("additionalGids", additionalGids) } }),
      capabilities: {
        ...list("bounding", process.capabilities.bounding),
        ...list("effective", process.capabilities.effective),
        ...list("permitted", process.capabilities.permitted),
      },
      ...(process.noNewPrivileges ? { noNewPrivileges: true } : {}),
      ...text("apparmorProfile", process.apparmorProfile),
      ...text("selinuxLabel", process.selinuxLabel),
      ...list("args", process.args),
      cwd: process.cwd,
    },
    root: { path: root.path, ...(root.readonly ? { readonly: true } : {}) },
    ...list("mounts", mounts),
    linux: {
      ...list("uidMappings", linux.uidMappings),
      ...list("gidMappings", linux.gidMappings),
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

function list<Key extends string, Item>(
  key: Key,
  items: readonly Item[],
): { [K in Key]?: readonly Item[] } {
  return items.length === 0 ? {} : ({ [key]: items } as { [K in Key]?: readonly Item[] });
}

function text<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  return value === "" ? {} : ({ [key]: value } as { [K in Key]?: string });
}
