import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import type { NodeFacts } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { docker } from "./docker.ts";

interface Row {
  readonly why: string;
  readonly hostConfig: object;
  readonly user?: string;
  readonly version?: Release;
  readonly node?: Partial<NodeFacts>;
  readonly selinuxEnabled?: boolean;
  /** `severity id: message`, with the path in front. */
  readonly says: readonly string[];
}

const LABELLED = { node: { seLinux: true }, selinuxEnabled: true } as const;

const ROWS: readonly Row[] = [
  { why: "nothing to say", hostConfig: {}, says: [] },
  {
    why: "added and dropped",
    hostConfig: { CapAdd: ["NET_RAW"], CapDrop: ["CHOWN", "cap_net_raw"] },
    says: [
      "securityContext/capabilities/drop/1 warning docker.addWins: cap_net_raw is added and dropped: with dockerd the container has it",
    ],
  },
  {
    why: "ALL added and dropped",
    hostConfig: { CapAdd: ["ALL", "KILL"], CapDrop: ["KILL", "ALL"] },
    says: [
      "securityContext/capabilities/drop/1 warning docker.addWins: ALL is added and dropped: dockerd adds all, whatever order they are written in",
    ],
  },
  {
    why: "capabilities of a privileged container",
    hostConfig: { Privileged: true, CapDrop: ["ALL"] },
    node: { devices: [] },
    says: [
      "securityContext/capabilities note docker.privilegedIgnoresCapabilities: a privileged container has every capability of the daemon, whatever is added or dropped",
    ],
  },
  {
    why: "seccomp of a privileged container",
    hostConfig: { Privileged: true, SecurityOpt: ["seccomp={}"] },
    version: "26.1",
    node: { devices: [] },
    says: [
      "securityContext/seccompProfile warning docker.privilegedIgnoresSeccomp: a privileged container runs without seccomp: its profile is not even read",
    ],
  },
  {
    why: "an empty profile",
    hostConfig: { SecurityOpt: ["seccomp={}"] },
    says: [
      "securityContext/seccompProfile warning docker.emptySeccompProfile: the profile has neither a default action nor rules: no filter is installed, the container runs unconfined",
    ],
  },
  {
    why: "fields of a profile that 20.10 does not know",
    hostConfig: {
      SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_LOG","flags":["X"],"defaultErrnoRet":1}'],
    },
    version: "20.10",
    says: [
      "securityContext/seccompProfile warning docker.seccompFieldsIgnored: this dockerd does not know flags, defaultErrnoRet in a profile: the filter goes without",
    ],
  },
  {
    why: "AppArmor that the host does not have",
    hostConfig: { SecurityOpt: ["apparmor=mine"] },
    says: [
      "securityContext/appArmorProfile warning docker.appArmorIgnored: the host has no AppArmor: the profile mine is not applied",
    ],
  },
  {
    why: "AppArmor that dockerd cannot use",
    hostConfig: {},
    node: { appArmor: true, appArmorParser: false },
    says: [
      "securityContext/appArmorProfile warning docker.appArmorIgnored: dockerd finds no apparmor_parser: the container runs without its default profile",
    ],
  },
  {
    why: "AppArmor of a privileged container",
    hostConfig: { Privileged: true, SecurityOpt: ["apparmor=mine"] },
    node: { appArmor: true, devices: [] },
    says: [
      "securityContext/appArmorProfile note docker.privilegedExecUnconfined: the profile holds for the privileged container's own process, not for what docker exec starts in it",
    ],
  },
  {
    why: "labels on a node that nobody told about",
    hostConfig: { SecurityOpt: ["label=type:x"] },
    says: [
      "securityContext/seLinuxOptions note docker.selinuxIgnored: a node without SELinux ignores the label options and sets no label",
    ],
  },
  {
    why: "labels without SELinux",
    hostConfig: { SecurityOpt: ["label=type:x"] },
    node: { seLinux: false },
    says: [
      "securityContext/seLinuxOptions warning docker.selinuxIgnored: the host has no SELinux: the label options are ignored and no label is set",
    ],
  },
  {
    why: "labels without --selinux-enabled",
    hostConfig: { SecurityOpt: ["label=bogus"] },
    node: { seLinux: true },
    says: [
      "securityContext/seLinuxOptions warning docker.selinuxIgnored: dockerd runs without --selinux-enabled: the label options are ignored and no label is set",
    ],
  },
  {
    why: "labels of a privileged container",
    hostConfig: { Privileged: true, SecurityOpt: ["label=type:x"] },
    node: { seLinux: true, devices: [] },
    selinuxEnabled: true,
    says: [
      "securityContext/seLinuxOptions warning docker.privilegedIgnoresSelinux: a privileged container's process gets no SELinux label, though inspect shows one: only its mounts take user, level and filetype of the options",
    ],
  },
  {
    why: "the host's PID namespace",
    hostConfig: { PidMode: "host" },
    ...LABELLED,
    says: [
      "securityContext/seLinuxOptions warning docker.hostNamespaceUnlabelled: in the host's PID namespace a container without label options runs without an SELinux label",
    ],
  },
  {
    why: "modes that 20.10 does not look at",
    hostConfig: { PidMode: "bogus", UTSMode: "bogus" },
    version: "20.10",
    says: [
      'spec/hostPID warning docker.pidModeIgnored: this dockerd does not look at PidMode "bogus": the container gets a PID namespace of its own',
      'spec/hostNetwork warning docker.utsModeIgnored: this dockerd does not look at UTSMode "bogus": the container gets a UTS namespace of its own',
    ],
  },
  {
    why: "users that are not remapped",
    hostConfig: { UsernsMode: "private" },
    says: [
      "spec/hostUsers warning docker.usernsModeIgnored: UsernsMode \"private\" does nothing: without userns-remap a container runs in the host's user namespace, its root is the host's root",
    ],
  },
  { why: "the host's user namespace", hostConfig: { UsernsMode: "host" }, says: [] },
  {
    why: "groups that a group keeps away",
    hostConfig: {},
    user: "app:extra",
    says: [
      "spec/securityContext/supplementalGroups note docker.groupsNotAdded: a user with a group (app:extra) does not get the groups of the image's /etc/group that list him: wheel",
    ],
  },
  {
    why: "a uid that the image does not know",
    hostConfig: {},
    user: "1000",
    says: [
      "securityContext/runAsGroup note docker.gidZero: uid 1000 is not in the image's /etc/passwd: its primary group is 0 (root) without runAsGroup",
    ],
  },
];

const IMAGE = {
  user: "",
  passwd: "root:x:0:0:::\napp:x:1234:1234:::\n",
  group: "wheel:x:10:app\nextra:x:5000:\n",
};

for (const { why, hostConfig, user = "", version = "28.5", node, selinuxEnabled, says } of ROWS) {
  test(why, () => {
    const config = { selinuxEnabled: selinuxEnabled === true };
    const world = composeWorld({
      runtime: { name: "docker", version, config },
      ...(node === undefined ? {} : { node }),
    });
    const input = { config: { User: user }, hostConfig: { ...hostConfig }, image: IMAGE };
    const { out, findings } = docker(input, world);
    assert.equal(out.error, undefined);
    const said = findings.map(
      ({ path, severity, id, message }) => `${path.join("/")} ${severity} ${id}: ${message}`,
    );
    assert.deepEqual(said, says);
    for (const { origin } of findings) assert.equal(origin, `dockerd ${version}`);
  });
}
