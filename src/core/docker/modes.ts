// The modes of namespaces in a HostConfig: `host`, `container:NAME` and the other words.
// @see moby v28.5.2 api/types/container/hostconfig.go IpcMode, PidMode, NetworkMode, UTSMode, CgroupnsMode
import type { Facts } from "./facts.ts";

const CONTAINER = "container:";

/** The name behind `container:`; undefined for any other mode. */
export function containerOf(mode: string): string | undefined {
  return mode.startsWith(CONTAINER) ? mode.slice(CONTAINER.length) : undefined;
}

export function isHost(mode: string): boolean {
  return mode === "host";
}

/** A network namespace of its own, connected to whatever. */
export function isPrivateNetwork(mode: string): boolean {
  return !isHost(mode) && containerOf(mode) === undefined;
}

const IPC_WORDS: ReadonlySet<string> = new Set(["", "none", "private", "host", "shareable"]);

export function isValidIpcMode(mode: string): boolean {
  return IPC_WORDS.has(mode) || containerOf(mode) !== undefined;
}

export function isValidPidMode(mode: string): boolean {
  return mode === "" || isHost(mode) || (containerOf(mode) ?? "") !== "";
}

export function isValidUtsMode(mode: string): boolean {
  return mode === "" || isHost(mode);
}

export function isValidCgroupnsMode(mode: string): boolean {
  return mode === "" || isHost(mode) || mode === "private";
}

/** The container whose label a container takes over with its PID namespace. */
export function pidContainer(mode: string, { release }: Facts): string {
  if (!release.loosePidMode) return containerOf(mode) ?? "";
  const colon = mode.indexOf(":");
  return colon === -1 ? "" : mode.slice(colon + 1);
}
