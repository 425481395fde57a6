// Namespaces of a container: its own, another container's or the host's.
// @see moby v28.5.2 daemon/oci_linux.go WithNamespaces; v20.10.24, which keeps a network namespace for the host's network
import type { OciNamespace } from "../model/oci.ts";
import type { Facts } from "./facts.ts";
import { getIPCContainer, getNetworkedContainer, getPIDContainer } from "./joined.ts";
import { containerOf, isHost, isValidIpcMode } from "./modes.ts";
import type { CreateRequest } from "./request.ts";
import type { SpecDraft, SpecOpt } from "./specDraft.ts";

/** The host's network namespace, as libnetwork keeps it. */
const HOST_NETWORK = "/var/run/docker/netns/default";

/** @see moby v28.5.2 daemon/daemon_unix.go adaptContainerSettings */
export function cgroupnsMode({ cgroupnsMode: mode }: CreateRequest, { world }: Facts): string {
  if (mode !== "") return mode;
  return world.node.cgroup === "v2" ? "private" : "host";
}

/** Without UsernsMode: the daemon's users are not remapped. */
export function withNamespaces(request: CreateRequest, facts: Facts): SpecOpt {
  return (draft) => {
    const { networkMode, ipcMode, pidMode, utsMode } = request;
    const { hostNetworkByPath } = facts.release;
    const network = containerOf(networkMode);
    if (network !== undefined) {
      const error = getNetworkedContainer(network, facts);
      if (error !== undefined) return error;
    }
    const ofHost = hostNetworkByPath ? HOST_NETWORK : "remove";
    setNamespace(draft, "network", isHost(networkMode) ? ofHost : pathOf(network, "net"));

    if (!isValidIpcMode(ipcMode)) return `Invalid IPC mode: ${ipcMode}`;
    const ipc = containerOf(ipcMode);
    const ipcError = ipc === undefined ? undefined : getIPCContainer(ipc, facts);
    if (ipcError !== undefined) return ipcError;
    setNamespace(draft, "ipc", isHost(ipcMode) ? "remove" : pathOf(ipc, "ipc"));

    const pid = containerOf(pidMode);
    const pidError = pid === undefined ? undefined : getPIDContainer(pid, facts);
    if (pidError !== undefined) return pidError;
    setNamespace(draft, "pid", isHost(pidMode) ? "remove" : pathOf(pid, "pid"));

    if (isHost(utsMode)) setNamespace(draft, "uts", "remove");
    if (cgroupnsMode(request, facts) === "private") setNamespace(draft, "cgroup", undefined);
    return undefined;
  };
}

function pathOf(name: string | undefined, file: string): string | undefined {
  return name === undefined ? undefined : `/proc/<PID of ${name}>/ns/${file}`;
}

function setNamespace(
  { linux }: SpecDraft,
  type: OciNamespace["type"],
  path: string | "remove" | undefined,
): void {
  const made: OciNamespace = path === undefined ? { type } : { type, path };
  const namespaces = [...linux.namespaces];
  const index = namespaces.findIndex((namespace) => namespace.type === type);
  if (path === "remove") namespaces.splice(index, 1);
  else if (index === -1) namespaces.push(made);
  else namespaces[index] = made;
  linux.namespaces = namespaces;
}
