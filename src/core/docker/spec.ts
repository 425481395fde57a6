// A created container's OCI spec, made anew at every start, in the order of createSpec.
// @see moby v28.5.2 daemon/start.go containerStart; daemon/oci_linux.go createSpec; v20.10.24, which looks the user up before the capabilities
import type { OciSpec } from "../model/oci.ts";
import { withApparmor } from "./apparmor.ts";
import { withCapabilities } from "./capabilities.ts";
import type { CreatedContainer } from "./create.ts";
import { withDevices } from "./devices.ts";
import type { Facts } from "./facts.ts";
import { getIPCContainer, getNetworkedContainer } from "./joined.ts";
import { containerOf } from "./modes.ts";
import { setupMounts, withMounts } from "./mounts.ts";
import { withNamespaces } from "./namespaces.ts";
import { withSeccomp } from "./seccomp.ts";
import { withSelinux } from "./selinux.ts";
import { applyOpts, change, defaultSpec, type SpecOpt, writeSpec } from "./specDraft.ts";
import { withSysctls } from "./sysctls.ts";
import { type UserFiles, withUser } from "./user.ts";

export interface StartCall {
  readonly container: CreatedContainer;
  /** The image's USER; undefined when nobody knows it. */
  readonly imageUser: string | undefined;
  readonly files: UserFiles;
  readonly facts: Facts;
}
export type SpecOrError =
  | { readonly spec: OciSpec; readonly error?: undefined }
  | { readonly error: string };

export function containerStart(call: StartCall): SpecOrError {
  const { container, facts } = call;
  const draft = defaultSpec(facts);
  const prepared = prepare(container, facts);
  if (prepared.before !== undefined) return { error: prepared.before };
  const error = applyOpts(draft, createSpec(call, prepared.mounts));
  return error === undefined ? { spec: writeSpec(draft) } : { error };
}

/** Network and mounts are set up before the spec; in 20.10 the mounts are a part of it. */
function prepare(
  { request, points, labels }: CreatedContainer,
  facts: Facts,
): { readonly before: string | undefined; readonly mounts: () => string | undefined } {
  const network = containerOf(request.networkMode);
  const joined = network === undefined ? undefined : getNetworkedContainer(network, facts);
  const mounts = () => {
    const ipc = containerOf(request.ipcMode);
    const ipcError = ipc === undefined ? undefined : getIPCContainer(ipc, facts);
    return ipcError ?? setupMounts(points, labels.mount, facts);
  };
  return facts.release.ipcMountsFirst
    ? { before: joined ?? mounts(), mounts: () => undefined }
    : { before: joined, mounts };
}

function createSpec(
  { container, imageUser, files, facts }: StartCall,
  mounts: () => string | undefined,
): SpecOpt[] {
  const { request, options, labels, points } = container;
  const { userDecidesCapabilities } = facts.release;
  const user = withUser(
    { user: request.user || imageUser, groupAdd: request.groupAdd, files },
    facts,
  );
  return [
    change(({ root }) => {
      root.readonly = request.readonlyRootfs;
    }),
    withSysctls(request, facts),
    withDevices(request, facts),
    ...(userDecidesCapabilities ? [user] : []),
    withNamespaces(request, facts),
    withCapabilities(request, facts),
    withSeccomp(options.seccomp, request, facts),
    mounts,
    withMounts({ request, points, writableCgroups: options.writableCgroups, facts }),
    withApparmor(options.apparmor, request, facts),
    withSelinux(labels, request.privileged),
    ...(userDecidesCapabilities ? [] : [user]),
    change(({ process, linux }) => {
      process.noNewPrivileges = options.noNewPrivileges;
      linux.maskedPaths = request.maskedPaths ?? linux.maskedPaths;
      linux.readonlyPaths = request.readonlyPaths ?? linux.readonlyPaths;
    }),
  ];
}
