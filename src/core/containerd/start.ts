// StartContainer, as far as containerd itself decides: and how it words what its shim and the OCI runtime refuse.
// @see containerd v2.1.9 internal/cri/server/container_start.go; container_start_linux.go updateContainerIOOwner
import type { OciIDMapping, OciSpec } from "../model/oci.ts";
import { nearestRelease } from "../model/version.ts";
import type { World } from "../model/world.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { toHostId } from "../rules/idMap.ts";
import { isValidContext } from "../rules/seLinuxContext.ts";
import { CONTAINERD_RELEASES } from "../tables/containerd.ts";
import type { Facts } from "./facts.ts";

const SHIM = "failed to create containerd task: failed to create shim task: ";

/** A gRPC error as its client, the kubelet, prints it. */
export function rpcError(text: string, code = "Unknown"): string {
  return `rpc error: code = ${code} desc = ${text}`;
}

/** Which runc command refused. */
export type RuncPhase = "create" | "start";

/** What runc says of an init process that has died before its start; the shim has noticed by then. */
const DEAD = "container process is already dead";

/** runc's refusal of a container, as the kubelet sees it; runc's text with or without `runc create failed: `. */
export function wrapStartError(error: string, world: World, phase: RuncPhase = "create"): string {
  return rpcError(wrapRunc(error, world, phase, 'failed to start containerd task "<CONTAINER>": '));
}

/**
 * runc's refusal of a command inside a container; the id of the exec is drawn at random.
 * @param version of containerd
 * @see containerd v2.1.9 internal/cri/server/container_execsync.go execInternal
 */
export function wrapExecError(error: string, version: World["runtime"]["version"]): string {
  const { shimSuffix } = nearestRelease(CONTAINERD_RELEASES, version).words;
  return `failed to exec in container: failed to start exec "exec": OCI runtime exec failed: ${error}${shimSuffix}`;
}

/** runc's refusal of a sandbox. */
export function wrapSandboxError(error: string, world: World, phase: RuncPhase = "create"): string {
  const { words } = nearestRelease(CONTAINERD_RELEASES, world.runtime.version);
  const text = wrapRunc(error, world, phase, 'failed to start sandbox container task "<ID>": ');
  return rpcError(`${words.startSandbox}${text}`);
}

function wrapRunc(error: string, world: World, phase: RuncPhase, start: string): string {
  const { shimSuffix } = nearestRelease(CONTAINERD_RELEASES, world.runtime.version).words;
  const text = error.replace(/^runc (run|create|start) failed: /, "");
  if (phase === "start") {
    const refusal =
      text === DEAD ? "cannot start a stopped process" : `OCI runtime start failed: ${text}`;
    return `${start}${refusal}${shimSuffix}`;
  }
  return `${SHIM}OCI runtime create failed: runc create failed: ${text}${shimSuffix}`;
}

/** The shim mounts the root filesystem with the mount label, which the kernel takes only if its policy knows it. */
export function rootfsError(mountLabel: string, { release, world }: Facts): string | undefined {
  if (mountLabel === "" || isValidContext(mountLabel, world.node.seLinuxPolicy)) return undefined;
  return `${SHIM}${release.words.mountRootfs(mountLabel)}${release.words.shimSuffix}`;
}

/** In a user namespace the output of the container belongs to its user on the host. */
export function updateContainerIOOwner(
  sc: CriSecurityContext,
  { process, linux }: OciSpec,
  { release }: Facts,
): string | undefined {
  const user = process?.user;
  if (!release.mapsIoOwner || sc.userns === undefined || sc.userns.mode === "NODE")
    return undefined;
  if (user === undefined) return undefined;
  const unmapped =
    unmappedId(user.uid, linux?.uidMappings) ?? unmappedId(user.gid, linux?.gidMappings);
  if (unmapped === undefined) return undefined;
  return `failed to update container IO owner: failed to do idmap to get host ID: container ID ${unmapped} cannot be mapped to a host ID`;
}

function unmappedId(id: number, mappings: readonly OciIDMapping[] | undefined): number | undefined {
  return toHostId(id, mappings) === undefined ? id : undefined;
}
