import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../rules/world.ts";
import { type DockerInput, docker } from "./docker.ts";

function labels(hostConfig: object, containers?: DockerInput["containers"], enabled = true) {
  const world = composeWorld({
    runtime: { name: "docker", config: { selinuxEnabled: enabled } },
    node: { seLinux: true },
  });
  const { spec } = docker(
    {
      config: {},
      hostConfig: { ...hostConfig },
      image: { user: "" },
      ...(containers === undefined ? {} : { containers }),
    },
    world,
  ).out;
  return [spec?.process?.selinuxLabel, spec?.linux?.mountLabel];
}

const PROCESS = "system_u:system_r:container_t:";
const FILE = "system_u:object_r:container_file_t:";
const OWN = "s0:c2,c3";
const JOINED = "s0:c0,c1";
const UNCONFINED = [undefined, `${FILE}s0:c1022,c1023`];

interface Row {
  readonly why: string;
  readonly hostConfig: object;
  readonly containers?: DockerInput["containers"];
  readonly are: readonly (string | undefined)[];
}
const WEB = { web: { processLabel: "u:r:t:s0:c7" } };

const ROWS: readonly Row[] = [
  { why: "the default ones", hostConfig: {}, are: [PROCESS + OWN, FILE + OWN] },
  {
    why: "every part",
    hostConfig: {
      SecurityOpt: ["label=user:u", "label=role:r", "label:type:t", "label=level:s0:c5"],
    },
    are: ["u:r:t:s0:c5", "u:object_r:container_file_t:s0:c5"],
  },
  {
    why: "of two levels the last",
    hostConfig: { SecurityOpt: ["label=level:s0:c5", "label=level:s0:c6"] },
    are: [`${PROCESS}s0:c6`, `${FILE}s0:c6`],
  },
  {
    why: "an empty level is none",
    hostConfig: { SecurityOpt: ["label=level:"] },
    are: [PROCESS.slice(0, -1), FILE.slice(0, -1)],
  },
  {
    why: "the type of files",
    hostConfig: { SecurityOpt: ["label=filetype:x_t"] },
    are: [PROCESS + OWN, `system_u:object_r:x_t:${OWN}`],
  },
  {
    why: "disable wins in any place",
    hostConfig: { SecurityOpt: ["label=level:s0:c5", "label=disable"] },
    are: UNCONFINED,
  },
  { why: "the word alone", hostConfig: { SecurityOpt: ["disable"] }, are: UNCONFINED },
  { why: "privileged", hostConfig: { Privileged: true }, are: UNCONFINED },
  { why: "the host's PID namespace", hostConfig: { PidMode: "host" }, are: UNCONFINED },
  { why: "the host's IPC namespace", hostConfig: { IpcMode: "host" }, are: UNCONFINED },
  {
    why: "the host's network changes nothing",
    hostConfig: { NetworkMode: "host" },
    are: [PROCESS + OWN, FILE + OWN],
  },
  {
    why: "an option of one's own in the host's PID namespace",
    hostConfig: { PidMode: "host", SecurityOpt: ["label=level:s0:c5"] },
    are: [`${PROCESS}s0:c5`, `${FILE}s0:c5`],
  },
  {
    why: "a colon does not count as an option of one's own",
    hostConfig: { PidMode: "host", SecurityOpt: ["label:level:s0:c5"] },
    are: UNCONFINED,
  },
  {
    why: "privileged with options: the mounts alone",
    hostConfig: { Privileged: true, SecurityOpt: ["label=level:s0:c5"] },
    are: [undefined, `${FILE}s0:c5`],
  },
  {
    why: "another container's",
    hostConfig: { PidMode: "container:web" },
    containers: WEB,
    are: ["u:r:t:s0:c7", "u:object_r:container_file_t:s0:c7"],
  },
  {
    why: "another container's, of which only the id is known",
    hostConfig: { IpcMode: "container:0123456789ab", PidMode: "container:0123456789ab" },
    are: [PROCESS + JOINED, FILE + JOINED],
  },
  {
    why: "another container without a label",
    hostConfig: { PidMode: "container:web" },
    containers: { web: { processLabel: "" } },
    are: [PROCESS + OWN, FILE + OWN],
  },
  {
    why: "options of one's own beside another container",
    hostConfig: { PidMode: "container:web", SecurityOpt: ["label=type:x_t"] },
    containers: WEB,
    are: [`system_u:system_r:x_t:${OWN}`, FILE + OWN],
  },
];

for (const { why, hostConfig, containers, are } of ROWS) {
  test(why, () => {
    assert.deepEqual(labels(hostConfig, containers), are);
  });
}

test("without --selinux-enabled anything goes, and nothing comes of it", () => {
  for (const option of ["label=bogus", "label=", "label=level:nonsense::", "label=type:x"]) {
    assert.deepEqual(labels({ SecurityOpt: [option] }, undefined, false), [undefined, undefined]);
  }
});
