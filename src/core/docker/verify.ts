// The checks of a create request before a container is made of it: network mode, capabilities, modes of namespaces.
// @see moby v28.5.2 runconfig/hostconfig.go validateNetContainerMode, hostconfig_unix.go validateNetMode; daemon/container.go verifyContainerSettings; daemon/daemon_unix.go verifyPlatformContainerSettings
import { goQuote } from "../rules/goText.ts";
import { normalizeLegacyCapabilities } from "./capabilities.ts";
import type { Facts } from "./facts.ts";
import {
  containerOf,
  isHost,
  isPrivateNetwork,
  isValidCgroupnsMode,
  isValidIpcMode,
  isValidPidMode,
  isValidUtsMode,
} from "./modes.ts";
import { destinationRefusal, validateMountConfig } from "./mountConfig.ts";
import type { CreateRequest } from "./request.ts";

export function verifyRequest(request: CreateRequest, facts: Facts): string | undefined {
  return (
    validateNetMode(request, facts) ??
    handleSysctlBC(request, facts) ??
    validateHostConfig(request, facts) ??
    verifyPlatformContainerSettings(request, facts)
  );
}

/** What does not go with the network of another container, in the order in which it is asked. */
const WITH_CONTAINER: readonly (readonly [(request: CreateRequest) => boolean, string])[] = [
  [({ hostname }) => hostname !== "", "hostname and the network mode"],
  [
    ({ links }) => links.length > 0,
    "container type network can't be used with links. This would result in undefined behavior",
  ],
  [({ dns }) => dns.length > 0, "dns and the network mode"],
  [({ extraHosts }) => extraHosts.length > 0, "custom host-to-IP mapping and the network mode"],
  [({ publishesPorts }) => publishesPorts, "port publishing and the container type network mode"],
  [({ hasExposedPorts }) => hasExposedPorts, "port exposing and the container type network mode"],
];
const CONFLICT = "conflicting options: ";

function validateNetMode(request: CreateRequest, { release }: Facts): string | undefined {
  const { networkMode, utsMode, hostname, links, macAddress } = request;
  const joined = networkMode === "container" ? "" : containerOf(networkMode);
  const name = release.colonInNetworkName ? joined : joined?.split(":")[0];
  if (name === "") return release.words.invalidContainerNetwork;
  if (joined !== undefined) {
    const conflict = WITH_CONTAINER.find(([holds]) => holds(request));
    if (conflict !== undefined) return `${CONFLICT}${conflict[1]}`;
  }
  if (release.refusesMacAddress && macAddress !== "" && !isPrivateNetwork(networkMode)) {
    return `${CONFLICT}mac-address and the network mode`;
  }
  if (isHost(utsMode) && hostname !== "") return `${CONFLICT}hostname and the UTS mode`;
  if (isHost(networkMode) && links.length > 0) {
    return `${CONFLICT}host type networking can't be used with links. This would result in undefined behavior`;
  }
  return undefined;
}

/** @see moby v28.5.2 api/server/router/container/container_routes.go handleSysctlBC */
function handleSysctlBC(
  { networkMode, sysctls }: CreateRequest,
  { release }: Facts,
): string | undefined {
  if (release.interfaceSysctls === "passed" || !isPrivateNetwork(networkMode)) return undefined;
  const name = Object.keys(sysctls).find((key) => /^net\.[^.]*\.[^.]*\.eth[^.]*\./.test(key));
  return name === undefined
    ? undefined
    : `interface specific sysctl setting ${goQuote(name)} must be supplied using driver option 'com.docker.network.endpoint.sysctls'`;
}

function validateHostConfig(request: CreateRequest, facts: Facts): string | undefined {
  for (const mount of request.mounts) {
    const error = validateMountConfig(mount);
    if (error !== undefined) return error;
  }
  for (const [list, names] of [
    ["CapAdd", request.capAdd],
    ["CapDrop", request.capDrop],
  ] as const) {
    const { error } = normalizeLegacyCapabilities(names, facts);
    if (error !== undefined) return `invalid ${list}: ${error}`;
  }
  return undefined;
}

function verifyPlatformContainerSettings(
  { ipcMode, pidMode, utsMode, cgroupnsMode, shmSize, oomScoreAdj, tmpfs }: CreateRequest,
  { release }: Facts,
): string | undefined {
  const { validatesModes } = release;
  if (validatesModes && !isValidIpcMode(ipcMode)) return `invalid IPC mode: ${ipcMode}`;
  if (validatesModes && !isValidPidMode(pidMode)) return `invalid PID mode: ${pidMode}`;
  if (shmSize < 0) return "SHM size can not be less than 0";
  if (validatesModes && !isValidUtsMode(utsMode)) return `invalid UTS mode: ${utsMode}`;
  if (oomScoreAdj < -1000 || oomScoreAdj > 1000) {
    return `Invalid value ${oomScoreAdj}, range for oom score adj is [-1000, 1000]`;
  }
  for (const destination of Object.keys(tmpfs)) {
    const error = destinationRefusal(destination);
    if (error !== undefined) return error;
  }
  return isValidCgroupnsMode(cgroupnsMode)
    ? undefined
    : `invalid cgroup namespace mode: ${cgroupnsMode}`;
}
