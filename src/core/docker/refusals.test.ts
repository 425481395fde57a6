import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import type { NodeFacts } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type DockerInput, docker } from "./docker.ts";

const ALL_RELEASES: readonly Release[] = ["20.10", "26.1", "28.5"];

interface RefusalRow {
  readonly why: string;
  readonly hostConfig?: object;
  readonly config?: object;
  readonly in?: readonly Release[];
  readonly node?: Partial<NodeFacts>;
  readonly selinuxEnabled?: boolean;
  readonly containers?: DockerInput["containers"];
  readonly step: "create" | "start";
  readonly error: string;
}

const BAD_LABEL = "'user, role, level, type, filetype' followed by ':' and a value";
const ADVICE_PARSER = 'error: exec: "apparmor_parser": executable file not found in $PATH';

const REFUSALS: readonly RefusalRow[] = [
  // Other containers
  {
    why: "the PID namespace of a container that is not there",
    hostConfig: { PidMode: "container:web" },
    step: "create",
    error: "No such container: web",
  },
  {
    why: "the IPC namespace of a container that is not there",
    hostConfig: { IpcMode: "container:web" },
    step: "create",
    error: "No such container: web",
  },
  {
    why: "with a label of its own it is looked for only at the start",
    hostConfig: { IpcMode: "container:web", SecurityOpt: ["label=type:x"] },
    in: ["26.1", "28.5"],
    step: "start",
    error: "failed to join IPC namespace: No such container: web",
  },
  {
    why: "with a label of its own it is looked for only at the start, 20.10",
    hostConfig: { IpcMode: "container:web", SecurityOpt: ["label=type:x"] },
    in: ["20.10"],
    step: "start",
    error: "can't join IPC of container web: No such container: web",
  },
  {
    why: "the PID namespace at the start",
    hostConfig: { PidMode: "container:web", SecurityOpt: ["label=disable"] },
    in: ["26.1", "28.5"],
    step: "start",
    error: "failed to join PID namespace: No such container: web",
  },
  {
    why: "the network of a container that is not there",
    hostConfig: { NetworkMode: "container:web" },
    in: ["20.10", "26.1"],
    step: "start",
    error: "No such container: web",
  },
  {
    why: "the network of a container that is not there",
    hostConfig: { NetworkMode: "container:web" },
    in: ["28.5"],
    step: "start",
    error: "joining network namespace of container: No such container: web",
  },
  {
    why: "the IPC namespace of a container that keeps it to itself",
    hostConfig: { IpcMode: "container:web" },
    containers: { web: { privateIpc: true } },
    in: ["28.5"],
    step: "start",
    error:
      "failed to join IPC namespace: container web: non-shareable IPC (hint: use IpcMode:shareable for the donor container)",
  },
  {
    why: "the IPC namespace of a container that keeps it to itself, 20.10",
    hostConfig: { IpcMode: "container:web" },
    containers: { web: { privateIpc: true } },
    in: ["20.10"],
    step: "start",
    error:
      "can't join IPC of container web: non-shareable IPC (hint: use IpcMode:shareable for the donor container)",
  },
  {
    why: "the PID namespace of a container that does not run",
    hostConfig: { PidMode: "container:web" },
    containers: { web: { running: false } },
    in: ["26.1", "28.5"],
    step: "start",
    error: "failed to join PID namespace: container web is not running",
  },
  {
    why: "the network of a container that does not run",
    hostConfig: { NetworkMode: "container:web" },
    containers: { web: { running: false } },
    in: ["20.10", "26.1"],
    step: "start",
    error: "cannot join network of a non running container: web",
  },
  {
    why: "an id that is not among the containers told",
    hostConfig: { PidMode: "container:0123456789ab" },
    containers: { web: {} },
    step: "create",
    error: "No such container: 0123456789ab",
  },
  // Security options
  {
    why: "an option that is no pair",
    hostConfig: { SecurityOpt: ["apparmor"] },
    step: "create",
    error: 'invalid --security-opt 1: "apparmor"',
  },
  {
    why: "an option that nobody knows",
    hostConfig: { SecurityOpt: ["systempaths=unconfined"] },
    step: "create",
    error: 'invalid --security-opt 2: "systempaths=unconfined"',
  },
  {
    why: "no-new-privileges that is no boolean",
    hostConfig: { SecurityOpt: ["no-new-privileges:yes"] },
    step: "create",
    error: 'invalid --security-opt 2: "no-new-privileges:yes"',
  },
  {
    why: "writable cgroups before 28",
    hostConfig: { SecurityOpt: ["writable-cgroups"] },
    in: ["20.10", "26.1"],
    step: "create",
    error: 'invalid --security-opt 1: "writable-cgroups"',
  },
  {
    why: "writable cgroups that are no boolean",
    hostConfig: { SecurityOpt: ["writable-cgroups=maybe"] },
    in: ["28.5"],
    step: "create",
    error: 'invalid --security-opt 2: "writable-cgroups=maybe"',
  },
  // Labels
  {
    why: "a label option without a value",
    hostConfig: { SecurityOpt: ["label=bogus"] },
    node: { seLinux: true },
    selinuxEnabled: true,
    step: "create",
    error: `Bad label option "bogus", valid options 'disable' or \n${BAD_LABEL}`,
  },
  {
    why: "a label option of an unknown name",
    hostConfig: { SecurityOpt: ["label=colour:blue"] },
    node: { seLinux: true },
    selinuxEnabled: true,
    step: "create",
    error:
      "Bad label option \"colour\", valid options 'disable, user, role, level, type, filetype'",
  },
  {
    why: "a mount label that the policy does not know",
    hostConfig: { SecurityOpt: ["label=level:s7"] },
    node: {
      seLinux: true,
      seLinuxPolicy: {
        types: ["container_file_t"],
        roles: { system_r: ["container_t"] },
        users: { system_u: ["system_r"] },
      },
    },
    selinuxEnabled: true,
    step: "create",
    error: "error creating overlay mount to /var/lib/docker/overlay2/<ID>/merged: invalid argument",
  },
  {
    why: "two containers' labels",
    hostConfig: { IpcMode: "container:a", PidMode: "container:b" },
    containers: { a: { processLabel: "u:r:t:s0:c1" }, b: { processLabel: "u:r:t:s0:c2" } },
    step: "create",
    error: "--ipc and --pid containers SELinux labels aren't the same",
  },
  {
    why: "a relabelled folder of the system",
    hostConfig: { Binds: ["/etc:/data:ro,Z"] },
    node: { seLinux: true },
    selinuxEnabled: true,
    step: "start",
    error: "error setting label on mount source '/etc': SELinux relabeling of /etc is not allowed",
  },
  // AppArmor
  {
    why: "the default profile without the program that loads it",
    node: { appArmor: true, appArmorParser: false },
    in: ["20.10"],
    step: "start",
    error: `AppArmor enabled on system but the docker-default profile could not be loaded: running \`apparmor_parser apparmor_parser --version\` failed with output: \n${ADVICE_PARSER}`,
  },
  {
    why: "the default profile gone, and the program that loads it too",
    hostConfig: { SecurityOpt: ["apparmor=docker-default"], Privileged: true },
    node: { appArmor: true, appArmorProfiles: [], appArmorParserRemoved: true },
    in: ["26.1", "28.5"],
    step: "start",
    error: `AppArmor enabled on system but the docker-default profile could not be loaded: running \`apparmor_parser apparmor_parser -Kr <PROFILE>\` failed with output: \n${ADVICE_PARSER}`,
  },
  // Devices
  {
    why: "a device rule that is none",
    hostConfig: { DeviceCgroupRules: ["c 1:3 rwm", "x 1:3 r"] },
    step: "start",
    error: "invalid device cgroup rule format: 'x 1:3 r'",
  },
];

for (const row of REFUSALS) {
  for (const version of row.in ?? ALL_RELEASES) {
    test(`${version}: ${row.why}`, () => {
      const config = { selinuxEnabled: row.selinuxEnabled === true };
      const world = composeWorld({
        runtime: { name: "docker", version, config },
        ...(row.node === undefined ? {} : { node: row.node }),
      });
      const { out, gates, findings } = docker(
        {
          config: { ...row.config },
          hostConfig: { ...row.hostConfig },
          image: { user: "" },
          ...(row.containers === undefined ? {} : { containers: row.containers }),
        },
        world,
      );
      assert.deepEqual(out, { step: row.step, error: row.error });
      assert.equal(gates.at(-1)?.id, `docker.${row.step}`);
      assert.deepEqual(findings[0], gates.at(-1)?.finding);
      assert.equal(findings[0]?.message, row.error);
      assert.equal(findings[0]?.origin, `dockerd ${version}`);
    });
  }
}
