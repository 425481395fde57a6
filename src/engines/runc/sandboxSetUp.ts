// What RunPodSandbox does beside holding namespaces: files, shared memory, loopback, host name, sysctls, tmpfs volumes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OciNamespace, OciSpec } from "../../core/model/oci.ts";
import { EngineError } from "../../node/errors.ts";
import { needProgram } from "../../node/programs.ts";
import type { SandboxRequest, TmpfsMount } from "../engine.ts";
import { type HeldNamespace, quote } from "./holder.ts";

const HELD: readonly [OciNamespace["type"], HeldNamespace][] = [
  ["network", "net"],
  ["ipc", "ipc"],
  ["uts", "uts"],
];

/** Those that the sandbox does not share with the host. */
export function ownNamespaces({ spec }: SandboxRequest): HeldNamespace[] {
  const types = new Set(spec.linux?.namespaces?.map(({ type }) => type));
  return HELD.filter(([type]) => types.has(type)).map(([, name]) => name);
}

export function writeFiles(request: SandboxRequest, state: string): void {
  writeFileSync(join(state, "hostname"), `${request.hostname}\n`);
  writeFileSync(join(state, "hosts"), request.dns.hosts);
  writeFileSync(join(state, "resolv.conf"), request.dns.resolvConf);
}

/**
 * Path in the container → the sandbox's file for it. A sandbox in the host's IPC namespace has the host's shared memory.
 * @param spec the container's
 */
export function filesOf(
  spec: OciSpec,
  request: SandboxRequest,
  state: string,
): Readonly<Record<string, string>> {
  const at = (name: string): string => join(state, name);
  const ownIpc = request.spec.linux?.namespaces?.some(({ type }) => type === "ipc") === true;
  const files: Record<string, string> = {
    "/etc/hostname": at("hostname"),
    "/etc/hosts": at("hosts"),
    "/etc/resolv.conf": at("resolv.conf"),
  };
  const shm = spec.mounts?.find(({ destination }) => destination === "/dev/shm");
  if (shm?.type === "bind") files["/dev/shm"] = ownIpc ? at("shm") : "/dev/shm";
  return files;
}

/**
 * Shell commands that need nothing of the pod's but which namespaces it has, and its name.
 * @param given `mounts`: commands for which nothing has to wait but the sandbox
 */
export function prepareNamespaces(
  own: readonly HeldNamespace[],
  hostname: string,
  given: {
    readonly state: string;
    readonly inUserNamespace: boolean;
    readonly mounts: readonly string[];
  },
): string[] {
  const { state, inUserNamespace, mounts } = given;
  const commands: string[] = own.map(isOwn);
  if (own.includes("uts")) {
    const name = quote(hostname);
    // The file is the host's root's, the call is not.
    if (inUserNamespace) commands.push(`${needProgram("hostname")} ${name}`);
    else commands.push(`printf %s ${name} >/proc/sys/kernel/hostname`);
  }
  // Beside the mounts: each takes a process of its own.
  if (own.includes("net")) commands.push("{ ip link set lo up & loopback=$!; }");
  if (own.includes("ipc")) {
    const shm = quote(join(state, "shm"));
    commands.push(`mount -t tmpfs -o nosuid,nodev,noexec,mode=1777,size=64m shm ${shm}`);
  }
  commands.push(...mounts);
  if (own.includes("net")) commands.push("wait $loopback");
  return commands;
}

/**
 * Shell commands, in order.
 * @param mounted what need not be mounted any more
 * @throws EngineError for a sysctl that would be set for the whole machine
 */
export function setUp(
  request: SandboxRequest,
  own: readonly HeldNamespace[],
  mounted: readonly TmpfsMount[],
): string[] {
  const commands: string[] = [];
  for (const [name, value] of Object.entries(request.spec.linux?.sysctl ?? {})) {
    const path = name.includes("/") ? name : name.replaceAll(".", "/");
    const namespace = namespaceOf(path);
    if (namespace === undefined || !own.includes(namespace)) {
      throw new EngineError(`sysctl ${name} is the host's own here and stays as it is`);
    }
    commands.push(isOwn(namespace), `printf %s ${quote(value)} >${quote(`/proc/sys/${path}`)}`);
  }
  const missing = request.tmpfs.filter((mount) => !isMounted(mount, mounted));
  commands.push(...missing.map(mountTmpfs));
  return commands;
}

/** The shell command. */
export function mountTmpfs({ target, options }: TmpfsMount): string {
  const flags = options.length === 0 ? "" : `-o ${quote(options.join(","))} `;
  return `mount -t tmpfs ${flags}tmpfs ${quote(target)}`;
}

export function isMounted(
  { target, options }: TmpfsMount,
  mounted: readonly TmpfsMount[],
): boolean {
  const words = options.join(",");
  return mounted.some((one) => one.target === target && one.options.join(",") === words);
}

/** @see runc v1.1.5 libcontainer/configs/validate/validator.go sysctl */
function namespaceOf(path: string): HeldNamespace | undefined {
  if (path.startsWith("net/")) return "net";
  if (path === "kernel/domainname") return "uts";
  return /^(?:fs\/mqueue\/|kernel\/(?:msg|sem|shm))/.test(path) ? "ipc" : undefined;
}

/** Nothing is written before the namespace is known to be another than the host's, which is secctx's own. */
function isOwn(name: HeldNamespace): string {
  const isAnother = `[ ! /proc/self/ns/${name} -ef /proc/${process.pid}/ns/${name} ]`;
  return `${isAnother} || { echo "the sandbox has no ${name} namespace of its own" >&2; false; }`;
}
