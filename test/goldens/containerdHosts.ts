// The hosts on which containerd was recorded, as worlds: see test/golden/RUNTIMES.md and lsm/README.md.
import type { JsonObject } from "../../src/core/model/json.ts";
import type { NodeFacts, SeLinuxPolicy, WorldFile } from "../../src/core/model/world.ts";
import { CAPABILITIES } from "../../src/core/tables/capabilities.ts";
import { DEFAULT_APPARMOR_PROFILE } from "../../src/core/tables/containerd.ts";
import { goldenText } from "../golden.ts";

const PROFILE_FOLDER = "/srv/lab/profiles";
const PROFILES = [
  "allow-all",
  "bad-action",
  "both-archs",
  "default-errnoret",
  "deny-mkdir",
  "deny-mkdir-noerrno",
  "docker-format",
  "empty-object",
  "errno-all",
  "flags-log",
  "invalid",
  "kill-mkdir",
  "killproc-mkdir",
  "legacy-name",
  "log-all",
  "no-default-action",
  "notify-nolistener",
  "unknown-field",
  "unknown-syscall",
];

/** The machine without AppArmor and SELinux, where CAP_SYS_RESOURCE is missing. */
function bareHost(): Partial<NodeFacts> {
  return {
    kernel: "6.18",
    cgroup: "v1",
    capabilities: CAPABILITIES.filter((name) => name !== "CAP_SYS_RESOURCE"),
    appArmor: false,
    seLinux: false,
    seccompProfiles: Object.fromEntries(
      PROFILES.map((name) => [
        `${PROFILE_FOLDER}/${name}.json`,
        goldenText(`profiles/${name}.json`),
      ]),
    ),
  };
}

const VM: Partial<NodeFacts> = { kernel: "6.1", cgroup: "v2", appArmor: false, seLinux: false };

/** lab-profiles.apparmor as loaded, and containerd's own, which an earlier container has loaded. */
const APPARMOR = {
  ...VM,
  appArmor: true,
  appArmorProfiles: [
    "lab-deny-write",
    "lab-complain",
    "lab space",
    "lab-parent",
    "lab-parent//child",
    "/lab/path/name",
    ":labns:lab-in-ns",
    "lab-deny-exec",
    "lab-empty",
    DEFAULT_APPARMOR_PROFILE,
  ],
} satisfies Partial<NodeFacts>;

const WITHOUT_DEFAULT: Partial<NodeFacts> = {
  ...APPARMOR,
  appArmorProfiles: APPARMOR.appArmorProfiles.filter((name) => name !== DEFAULT_APPARMOR_PROFILE),
};

/** Debian's selinux-policy-default: what of it bears on the cases. */
const STOCK_POLICY: SeLinuxPolicy = {
  types: ["var_t", "etc_t", "usr_t"],
  roles: {
    system_r: ["init_t", "unconfined_t"],
    unconfined_r: ["unconfined_t"],
    staff_r: ["staff_t"],
    sysadm_r: ["sysadm_t"],
    user_r: ["user_t"],
  },
  users: {
    system_u: ["system_r"],
    root: ["staff_r", "sysadm_r", "system_r"],
    staff_u: ["staff_r", "sysadm_r"],
    sysadm_u: ["sysadm_r"],
    unconfined_u: ["unconfined_r", "system_r"],
    user_u: ["user_r"],
  },
};

/** With labcontainer.cil. */
const LAB_POLICY: SeLinuxPolicy = {
  ...STOCK_POLICY,
  types: [...STOCK_POLICY.types, "container_file_t", "container_ro_file_t", "container_var_lib_t"],
  roles: {
    ...STOCK_POLICY.roles,
    system_r: [
      ...(STOCK_POLICY.roles["system_r"] ?? []),
      "container_t",
      "container_init_t",
      "container_kvm_t",
      "spc_t",
      "container_runtime_t",
    ],
  },
};
/** /share is 9p. */
const SELINUX: Partial<NodeFacts> = {
  ...VM,
  seLinux: true,
  seLinuxPolicy: LAB_POLICY,
  withoutXattrs: ["/share"],
};
const LABELLING = { enableSelinux: true };

/** By `host` of the row; a host on which containerd cannot see AppArmor counts as one without it. */
const HOSTS: Readonly<Record<string, WorldFile>> = {
  apparmor: { node: APPARMOR },
  "apparmor-disable_apparmor-true": {
    node: APPARMOR,
    runtime: { config: { disableAppArmor: true } },
  },
  "apparmor-without-apparmor_parser": { node: { ...APPARMOR, appArmorParser: false } },
  "apparmor-env-container-set": { node: VM },
  "apparmor-default-profile-removed-while-running": { node: WITHOUT_DEFAULT },
  "apparmor-default-profile-and-parser-removed-while-running": {
    node: { ...WITHOUT_DEFAULT, appArmorParserRemoved: true },
  },
  "apparmor-securityfs-not-mounted": { node: VM },
  selinux: { node: SELINUX, runtime: { config: LABELLING } },
  "selinux-range16": {
    node: SELINUX,
    runtime: { config: { ...LABELLING, selinuxCategoryRange: 16 } },
  },
  "selinux-off-in-containerd": { node: SELINUX },
  "selinux-stock": {
    node: { ...SELINUX, seLinuxPolicy: STOCK_POLICY },
    runtime: { config: LABELLING },
  },
};

/** The world of a row; `devices` are the host's. */
export function hostOf(
  host: string | undefined,
  devices: readonly JsonObject[] | undefined,
): WorldFile {
  const told = host === undefined ? { node: bareHost() } : HOSTS[host];
  if (told === undefined) throw new Error(`no facts about host ${host}`);
  return { ...told, node: { ...told.node, ...(devices === undefined ? {} : { devices }) } };
}
