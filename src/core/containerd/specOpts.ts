// The options by which containerd makes a spec, in its order: a later one wins. This page is the order; each option has a file of its own.
// @see containerd v2.1.9 internal/cri/server/container_create.go buildLinuxSpec, platformSpecOpts; container_create_linux.go containerSpecOpts
// @see containerd v2.1.9 internal/cri/server/podsandbox/sandbox_run_linux.go sandboxContainerSpec, sandboxContainerSpecOpts
import type { CriMount } from "../model/cri.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { withCapabilities } from "./capabilities.ts";
import { DEV_SHM } from "./defaultSpec.ts";
import type { Facts } from "./facts.ts";
import { withAdditionalGIDs, withSupplementalGroups } from "./groups.ts";
import type { ImageFiles } from "./imageFiles.ts";
import { withMounts } from "./mounts.ts";
import {
  withLinuxNamespace,
  withoutNamespace,
  withPodNamespaces,
  withUserNamespace,
} from "./namespaces.ts";
import {
  withAllDevicesAllowed,
  withHostDevices,
  withMaskedPaths,
  withPrivileged,
  withReadonlyPaths,
  writeable,
} from "./privileged.ts";
import { type Labels, withSelinuxLabels } from "./selinux.ts";
import { change, type SpecOpt } from "./specDraft.ts";
import { withSysctls } from "./sysctls.ts";
import { withUnknownUser, withUser } from "./user.ts";
import type { UsernsIDs } from "./userNamespace.ts";

type IDs = Extract<UsernsIDs, { error?: undefined }>;

export interface ContainerSpecInput {
  readonly sc: CriSecurityContext;
  readonly mounts: readonly CriMount[];
  readonly labels: Labels;
  /** Undefined without a user namespace. */
  readonly userns: IDs | undefined;
  readonly facts: Facts;
}

export function buildLinuxSpec(input: ContainerSpecInput): SpecOpt[] {
  const { sc, mounts, labels, userns, facts } = input;
  const { node, runtime } = facts.world;
  const hasCgroupNamespace = node.cgroup === "v2" && !sc.privileged;
  const first = facts.release.cgroupNamespace === "before user";
  const opts: SpecOpt[] = [withNewPrivileges];
  if (hasCgroupNamespace && first) opts.push(withCgroupNamespace);
  opts.push(
    withMounts(mounts, labels.mount, facts),
    withMaskedPaths(sc.maskedPaths),
    withReadonlyPaths(sc.readonlyPaths),
    withCapabilities(sc, facts.allCaps),
  );
  if (sc.privileged) {
    opts.push(withPrivileged(facts));
    if (runtime.config.privilegedWithoutHostDevices !== true) {
      opts.push(withHostDevices(facts), withAllDevicesAllowed());
    }
  }
  opts.push(withSelinuxLabels(labels));
  if (sc.noNewPrivs) opts.push(withNoNewPrivileges);
  if (sc.readonlyRootfs) opts.push(withRootFSReadonly);
  opts.push(withPodNamespaces(sc, userns), withSupplementalGroups(sc.supplementalGroups));
  if (hasCgroupNamespace && !first) opts.push(withCgroupNamespace);
  // The label of a privileged container is kept in containerd's records only.
  if (sc.privileged) opts.push(withoutProcessLabel);
  return opts;
}

export interface RootfsSpecInput {
  readonly sc: CriSecurityContext;
  /** Undefined: the image decides, and is not known. "": nobody says. */
  readonly user: string | undefined;
  readonly userForGroups: string;
  readonly files: ImageFiles;
  readonly apparmor: SpecOpt | undefined;
  readonly seccomp: SpecOpt | undefined;
  readonly facts: Facts;
}

/** Options that need the root filesystem or the finished capabilities. */
export function platformSpecOpts(input: RootfsSpecInput): SpecOpt[] {
  const { sc, user, userForGroups, files, apparmor, seccomp, facts } = input;
  const strict = facts.release.supplementalGroupsPolicy && sc.supplementalGroupsPolicy === "Strict";
  const opts = withUserOf(user, files, facts);
  if (!strict && user !== undefined) opts.push(withAdditionalGIDs(userForGroups, files));
  opts.push(withSupplementalGroups(sc.supplementalGroups));
  if (apparmor !== undefined) opts.push(apparmor);
  if (seccomp !== undefined) opts.push(seccomp);
  return opts;
}

export interface SandboxSpecInput {
  readonly sc: CriSecurityContext;
  readonly sysctls: Readonly<Record<string, string>>;
  readonly labels: Labels;
  readonly userns: IDs | undefined;
  readonly facts: Facts;
}

/** A sandbox keeps the default capabilities, no_new_privs and masked paths of the default spec, privileged or not. */
export function sandboxContainerSpec(input: SandboxSpecInput): SpecOpt[] {
  const { sc, sysctls, labels, userns, facts } = input;
  const { release } = facts;
  const hostNetwork = sc.network === "NODE";
  const opts: SpecOpt[] = [withRootFSReadonly, withProcessArgs("/pause")];
  if (hostNetwork) opts.push(withoutNamespace("network"), withoutNamespace("uts"));
  else opts.push(withPodNetwork);
  if (sc.pid === "NODE") opts.push(withoutNamespace("pid"));
  if (sc.ipc === "NODE") opts.push(withoutNamespace("ipc"));
  if (userns !== undefined) opts.push(withUserNamespace(userns));
  if (!release.sandboxKeepsDefaultShm) opts.push(withoutMount(DEV_SHM));
  opts.push(
    withBindMounts(release.sandboxBindOptions, DEV_SHM, "/etc/resolv.conf"),
    withSelinuxLabels(labels),
    withSupplementalGroups(sc.supplementalGroups),
    withSysctls(sysctls, { hostNetwork, hasUserns: userns !== undefined, facts }),
  );
  if (sc.privileged) {
    opts.push(withoutProcessLabel);
    if (release.privilegedSandboxSysfs === "rw") opts.push(withWriteableSys);
  }
  return opts;
}

/** Its user string takes the place of the groups that came before it. */
export function sandboxContainerSpecOpts(
  input: Pick<RootfsSpecInput, "user" | "files" | "seccomp" | "facts">,
): SpecOpt[] {
  const { user, files, seccomp, facts } = input;
  const ofUser = withUserOf(user, files, facts);
  return seccomp === undefined ? ofUser : [seccomp, ...ofUser];
}

function withUserOf(user: string | undefined, files: ImageFiles, facts: Facts): SpecOpt[] {
  if (user === undefined) return [withUnknownUser(facts)];
  return user === "" ? [] : [withUser(user, files, facts)];
}

const withCgroupNamespace = withLinuxNamespace({ type: "cgroup" });
const withPodNetwork = withLinuxNamespace({ type: "network", path: "/var/run/netns/cni-<ID>" });

const withNewPrivileges = change(({ process }) => {
  process.noNewPrivileges = false;
});
const withNoNewPrivileges = change(({ process }) => {
  process.noNewPrivileges = true;
});
const withRootFSReadonly = change(({ root }) => {
  root.readonly = true;
});
const withoutProcessLabel = change(({ process }) => {
  process.selinuxLabel = "";
});
const withWriteableSys = change((draft) => {
  draft.mounts = draft.mounts.map((mount) =>
    mount.destination === "/sys" ? writeable(mount) : mount,
  );
});

function withProcessArgs(...args: readonly string[]): SpecOpt {
  return change(({ process }) => {
    process.args = args;
  });
}

function withoutMount(destination: string): SpecOpt {
  return change((draft) => {
    draft.mounts = draft.mounts.filter((mount) => mount.destination !== destination);
  });
}

function withBindMounts(options: readonly string[], ...destinations: readonly string[]): SpecOpt {
  return change((draft) => {
    for (const destination of destinations) {
      draft.mounts.push({ destination, type: "bind", source: `<SANDBOX>${destination}`, options });
    }
  });
}
