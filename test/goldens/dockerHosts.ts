// The hosts on which dockerd was recorded, as worlds: those of containerd, with dockerd's own AppArmor profile and flag.
// @see test/golden/RUNTIMES.md, lsm/README.md
import type { JsonObject } from "../../src/core/model/json.ts";
import type { NodeFacts, WorldFile } from "../../src/core/model/world.ts";
import { DEFAULT_APPARMOR_PROFILE } from "../../src/core/tables/containerd.ts";
import { hostOf } from "./containerdHosts.ts";

/** Loaded by dockerd at its start. */
const OWN_PROFILE = "docker-default";

interface DockerHost {
  /** The same machine as containerd's. */
  readonly host: string;
  readonly loads: readonly string[];
  readonly selinuxEnabled: boolean;
}

/** By `host` of the row. */
const HOSTS: Readonly<Record<string, DockerHost>> = {
  apparmor: { host: "apparmor", loads: [OWN_PROFILE], selinuxEnabled: false },
  "apparmor-without-apparmor_parser": {
    host: "apparmor-without-apparmor_parser",
    loads: [],
    selinuxEnabled: false,
  },
  selinux: { host: "selinux", loads: [], selinuxEnabled: true },
  "selinux-daemon-without-flag": { host: "selinux", loads: [], selinuxEnabled: false },
};

/** The world of a row; `devices` are the host's. */
export function dockerHostOf(
  host: string | undefined,
  version: string,
  devices: readonly JsonObject[],
): WorldFile {
  const row = host === undefined ? undefined : HOSTS[host];
  if (host !== undefined && row === undefined) throw new Error(`no facts about host ${host}`);
  const { node = {} } = hostOf(row?.host, devices);
  const runtime = { name: "docker", version, config: { selinuxEnabled: row?.selinuxEnabled } };
  return {
    node: { ...node, ...profilesOf(node, row?.loads ?? []) },
    runtime: runtime as WorldFile["runtime"],
  } as WorldFile;
}

function profilesOf(
  { appArmorProfiles }: Partial<NodeFacts>,
  loads: readonly string[],
): Partial<NodeFacts> {
  if (appArmorProfiles === undefined) return {};
  const others = appArmorProfiles.filter((name) => name !== DEFAULT_APPARMOR_PROFILE);
  return { appArmorProfiles: [...others, ...loads] };
}
