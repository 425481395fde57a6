// The parts of a create request that bear on security, with what Go's decoder makes of those that are absent or null.
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";

export interface CreateRequest {
  readonly user: string;
  readonly hostname: string;
  readonly macAddress: string;
  readonly hasExposedPorts: boolean;
  /** Config.Volumes: destinations. */
  readonly volumes: readonly string[];
  readonly privileged: boolean;
  readonly readonlyRootfs: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly groupAdd: readonly string[];
  readonly securityOpt: readonly string[];
  readonly networkMode: string;
  readonly pidMode: string;
  readonly ipcMode: string;
  readonly utsMode: string;
  readonly usernsMode: string;
  readonly cgroupnsMode: string;
  /** Absent: the daemon's default. */
  readonly maskedPaths: readonly string[] | undefined;
  readonly readonlyPaths: readonly string[] | undefined;
  readonly sysctls: Readonly<Record<string, string>>;
  readonly binds: readonly string[];
  readonly mounts: readonly JsonObject[];
  /** Destination → options. */
  readonly tmpfs: Readonly<Record<string, string>>;
  readonly devices: readonly JsonObject[];
  readonly deviceCgroupRules: readonly string[];
  readonly shmSize: number;
  readonly oomScoreAdj: number;
  readonly links: readonly string[];
  readonly dns: readonly string[];
  readonly extraHosts: readonly string[];
  readonly publishesPorts: boolean;
}

export function readRequest(
  config: DockerConfig | null | undefined,
  hostConfig: HostConfig | null | undefined,
): CreateRequest {
  const container = (config ?? {}) as JsonObject;
  const host = (hostConfig ?? {}) as JsonObject;
  return {
    user: text(container["User"]),
    hostname: text(container["Hostname"]),
    macAddress: text(container["MacAddress"]),
    hasExposedPorts: keys(container["ExposedPorts"]).length > 0,
    volumes: keys(container["Volumes"]),
    privileged: host["Privileged"] === true,
    readonlyRootfs: host["ReadonlyRootfs"] === true,
    capAdd: texts(host["CapAdd"]),
    capDrop: texts(host["CapDrop"]),
    groupAdd: texts(host["GroupAdd"]),
    securityOpt: texts(host["SecurityOpt"]),
    networkMode: text(host["NetworkMode"]),
    pidMode: text(host["PidMode"]),
    ipcMode: text(host["IpcMode"]),
    utsMode: text(host["UTSMode"]),
    usernsMode: text(host["UsernsMode"]),
    cgroupnsMode: text(host["CgroupnsMode"]),
    maskedPaths: list(host["MaskedPaths"]),
    readonlyPaths: list(host["ReadonlyPaths"]),
    sysctls: strings(host["Sysctls"]),
    binds: texts(host["Binds"]),
    mounts: objects(host["Mounts"]),
    tmpfs: strings(host["Tmpfs"]),
    devices: objects(host["Devices"]),
    deviceCgroupRules: texts(host["DeviceCgroupRules"]),
    shmSize: number(host["ShmSize"]),
    oomScoreAdj: number(host["OomScoreAdj"]),
    links: texts(host["Links"]),
    dns: texts(host["Dns"]),
    extraHosts: texts(host["ExtraHosts"]),
    publishesPorts: keys(host["PortBindings"]).length > 0 || host["PublishAllPorts"] === true,
  };
}

export function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function number(value: JsonValue | undefined): number {
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;
}

function list(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) ? value.map(text) : undefined;
}

/** A single text counts as a list of one, as it does for Go's strslice. */
function texts(value: JsonValue | undefined): string[] {
  return typeof value === "string" ? [value] : (list(value) ?? []);
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function keys(value: JsonValue | undefined): string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

function strings(value: JsonValue | undefined): Record<string, string> {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, item]) => [key, text(item)]));
}
