// The OCI spec while containerd is building it, and the options that it applies one after the other.
// @see containerd v2.1.9 pkg/oci/spec.go ApplyOpts
import type {
  OciCapabilities,
  OciDevice,
  OciDeviceCgroup,
  OciIDMapping,
  OciLinux,
  OciMount,
  OciNamespace,
  OciProcess,
  OciSeccomp,
  OciSpec,
  OciUser,
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
  const { path, readonly } = root;
  const spec: Mutable<OciSpec> = {
    ociVersion,
    process: writeProcess(process),
    root: readonly ? { path, readonly } : { path },
  };
  if (mounts.length > 0) spec.mounts = mounts;
  spec.linux = writeLinux(linux);
  return spec;
}

// Key by key, in the order of Go's structures: spreading parts that may be empty takes several times as long.
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function writeProcess(draft: SpecDraft["process"]): OciProcess {
  const { userUnknown, noNewPrivileges, apparmorProfile, selinuxLabel, args } = draft;
  const process: Mutable<OciProcess> = {};
  if (!userUnknown) process.user = writeUser(draft.user);
  process.capabilities = writeCapabilities(draft.capabilities);
  if (noNewPrivileges) process.noNewPrivileges = true;
  if (apparmorProfile !== "") process.apparmorProfile = apparmorProfile;
  if (selinuxLabel !== "") process.selinuxLabel = selinuxLabel;
  if (args.length > 0) process.args = args;
  process.cwd = draft.cwd;
  return process;
}

function writeUser({ uid, gid, additionalGids }: UserDraft): OciUser {
  return additionalGids.length === 0 ? { uid, gid } : { uid, gid, additionalGids };
}

function writeCapabilities(draft: SpecDraft["process"]["capabilities"]): OciCapabilities {
  const { bounding, effective, permitted } = draft;
  const capabilities: Mutable<OciCapabilities> = {};
  if (bounding.length > 0) capabilities.bounding = bounding;
  if (effective.length > 0) capabilities.effective = effective;
  if (permitted.length > 0) capabilities.permitted = permitted;
  return capabilities;
}

function writeLinux(draft: SpecDraft["linux"]): OciLinux {
  const { deviceRules, rootfsPropagation, mountLabel } = draft;
  const linux: Mutable<OciLinux> = {};
  if (draft.uidMappings.length > 0) linux.uidMappings = draft.uidMappings;
  if (draft.gidMappings.length > 0) linux.gidMappings = draft.gidMappings;
  if (Object.keys(draft.sysctl).length > 0) linux.sysctl = draft.sysctl;
  linux.resources = deviceRules.length > 0 ? { devices: deviceRules } : {};
  if (draft.namespaces.length > 0) linux.namespaces = draft.namespaces;
  if (draft.devices.length > 0) linux.devices = draft.devices;
  if (draft.seccomp !== undefined) linux.seccomp = draft.seccomp;
  if (rootfsPropagation !== "") linux.rootfsPropagation = rootfsPropagation;
  if (draft.maskedPaths.length > 0) linux.maskedPaths = draft.maskedPaths;
  if (draft.readonlyPaths.length > 0) linux.readonlyPaths = draft.readonlyPaths;
  if (mountLabel !== "") linux.mountLabel = mountLabel;
  return linux;
}
