import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinuxContainerSecurityContext } from "../model/cri.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type ContainerdInput, containerd } from "./containerd.ts";

const USERNS = {
  userns_options: { uids: [{ host_id: 1, length: 9 }], gids: [{ host_id: 1, length: 9 }] },
};
const OLD: WorldFile = { runtime: { name: "containerd", version: "1.6" } };
const LABELS: WorldFile = {
  node: { seLinux: true },
  runtime: { name: "containerd", version: "2.1", config: { enableSelinux: true } },
};

interface Row {
  readonly when: string;
  readonly container?: object;
  readonly more?: object;
  readonly world?: WorldFile;
  /** id, severity, path joined by dots. */
  readonly finds: readonly string[];
}

const ROWS: readonly Row[] = [
  { when: "nothing is asked for", finds: [] },
  {
    when: "capabilities carry the prefix",
    container: {
      capabilities: { add_capabilities: ["CAP_NET_ADMIN"], drop_capabilities: ["CAP_NET_RAW"] },
    },
    finds: [
      "unknownCapability warning securityContext.capabilities.add.0",
      "dropsNothing warning securityContext.capabilities.drop.0",
    ],
  },
  {
    when: "names are in any case, and one is added and dropped",
    container: {
      capabilities: { add_capabilities: ["net_admin", "all"], drop_capabilities: ["NET_ADMIN"] },
    },
    finds: ["dropWins note securityContext.capabilities.drop.0"],
  },
  {
    when: "ambient capabilities are asked for",
    container: { capabilities: { add_ambient_capabilities: ["CHOWN"] } },
    finds: ["ambientIgnored warning securityContext.capabilities"],
  },
  {
    when: "a privileged container also asks for less",
    container: {
      privileged: true,
      capabilities: { drop_capabilities: ["ALL"] },
      seccomp: {},
    },
    more: { sandbox: { security_context: { privileged: true } } },
    finds: [
      "privilegedIgnoresCapabilities note securityContext.capabilities",
      "privilegedIgnoresSeccomp warning securityContext.seccompProfile",
    ],
  },
  {
    when: "nobody said whether there is SELinux",
    container: { selinux_options: { type: "spc_t" } },
    finds: ["selinuxIgnored note securityContext.seLinuxOptions"],
  },
  {
    when: "SELinux is off",
    container: { selinux_options: { type: "spc_t" } },
    world: { node: { seLinux: false } },
    finds: ["selinuxIgnored warning securityContext.seLinuxOptions"],
  },
  {
    when: "SELinux is on and the level is left open",
    container: { selinux_options: { type: "spc_t" } },
    world: LABELS,
    finds: ["freshCategories warning securityContext.seLinuxOptions"],
  },
  {
    when: "containerd 1.6 is asked for what it does not know",
    container: { supplemental_groups_policy: "Strict", namespace_options: USERNS },
    more: {
      sandbox: { security_context: { namespace_options: USERNS } },
      image: { user: "app", passwd: "app:x:5:5", group: "" },
      mounts: [{ container_path: "/d", readonly: true, recursive_read_only: true }],
    },
    world: OLD,
    finds: [
      "strictIgnored warning spec.securityContext.supplementalGroupsPolicy",
      "groupsOfRoot warning spec.securityContext.supplementalGroups",
      "usernsIgnored warning spec.hostUsers",
      "recursiveReadOnlyIgnored warning volumeMounts.0.recursiveReadOnly",
    ],
  },
  {
    when: "a group is too big",
    container: { supplemental_groups: ["4294967296", "7"] },
    finds: ["groupTruncated warning spec.securityContext.supplementalGroups"],
  },
  {
    when: "a uid has no entry in passwd",
    container: { run_as_user: { value: "1000" } },
    finds: ["gidZero note securityContext.runAsGroup"],
  },
  {
    when: "a uid may have an entry in a passwd that nobody knows",
    container: { run_as_user: { value: "1000" } },
    more: { image: { user: "" }, imageFilesUnknown: true },
    finds: [],
  },
  {
    when: "the entry in passwd itself says group 0, or the group is given",
    container: { run_as_user: { value: "9" } },
    more: { image: { user: "", passwd: "nine:x:9:0" } },
    finds: [],
  },
  {
    when: "a profile is written for Docker",
    container: { seccomp: { profile_type: "Localhost", localhost_ref: "/p/docker.json" } },
    world: {
      node: {
        seccompProfiles: {
          "docker.json":
            '{"defaultAction":"a","archMap":[],"syscalls":[{"name":"x","includes":{}}]}',
        },
      },
    },
    finds: ["dockerProfileFields warning securityContext.seccompProfile"],
  },
  {
    when: "a profile says nothing",
    container: { seccomp: { profile_type: "Localhost", localhost_ref: "/p/e.json" } },
    world: { node: { seccompProfiles: { "/p/e.json": "{}" } } },
    finds: ["emptySeccompProfile warning securityContext.seccompProfile"],
  },
  {
    when: "AppArmor is there and containerd cannot use it",
    world: { node: { appArmor: true, appArmorParser: false } },
    finds: ["appArmorUnused warning securityContext.appArmorProfile"],
  },
  {
    when: "container and sandbox disagree on the network",
    container: { namespace_options: { network: "NODE" } },
    finds: ["namespaceOfSandbox note spec.hostNetwork"],
  },
];

for (const { when, container = {}, more, world = {}, finds } of ROWS) {
  test(`when ${when}`, () => {
    const input = {
      sandbox: {},
      image: { user: "", passwd: "", group: "" },
      container: container as LinuxContainerSecurityContext,
      ...more,
    } as ContainerdInput;
    const { out, findings } = containerd(input, composeWorld(world));
    assert.equal(out.step, "ok", out.error);
    assert.deepEqual(
      findings.map(({ id, severity, path }) => {
        assert.match(id, /^containerd\./);
        return `${id.slice("containerd.".length)} ${severity} ${path.join(".")}`;
      }),
      finds,
    );
  });
}

test("a prefixed name is told by the name that was meant", () => {
  const container = { capabilities: { add_capabilities: ["cap_net_admin"] } };
  const { findings } = containerd(
    { sandbox: {}, image: { user: "" }, container },
    composeWorld({}),
  );
  assert.equal(
    findings[0]?.message,
    'containerd puts "CAP_" in front of every name, so "cap_net_admin" becomes "CAP_CAP_NET_ADMIN" (write NET_ADMIN): nothing is added',
  );
  assert.equal(findings[0]?.origin, "containerd 2.1");
});
