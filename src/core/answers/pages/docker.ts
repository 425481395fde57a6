// The pages of dockershim and dockerd: what they refuse, and what they do in silence.

import type { JsonObject } from "../../model/json.ts";
import type { WorldFile } from "../../model/world.ts";
import { examplePod } from "../risk.ts";
import { APPARMOR, CONTEXT, type FindingPage, SECCOMP } from "./page.ts";

const DOCKER: WorldFile = { runtime: { name: "docker", version: "28.5" } };
const OLD: WorldFile = { runtime: { name: "docker", version: "20.10" } };
const SELINUX: WorldFile = {
  node: { seLinux: true },
  runtime: { name: "docker", version: "28.5", config: { selinuxEnabled: true } },
};
const LOCALHOST =
  "securityContext:\n  seccompProfile: { type: Localhost, localhostProfile: app.json }";
const IMAGE = "registry.example/app:1";
const PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n";
const RUN = "https://docs.docker.com/engine/containers/run/";

function withProfile(world: WorldFile, text: string): WorldFile {
  return { ...world, node: { seccompProfiles: { "app.json": text } } };
}

const OF_MODES = [
  ["pidModeIgnored", "PidMode", "node"],
  ["utsModeIgnored", "UTSMode", "node"],
  ["usernsModeIgnored", "UsernsMode", "private"],
] as const;

/** A line of `secctx stage dockershim`. */
function sandboxOf(value: string): JsonObject {
  const sysctls = [{ name: "net.ipv4.ip_unprivileged_port_start", value }];
  const containers = [{ name: "app", image: IMAGE }];
  return {
    pod: { metadata: { name: "example" }, spec: { securityContext: { sysctls }, containers } },
  };
}

/** A line of `secctx stage docker`. */
function created(hostConfig: JsonObject): JsonObject {
  return {
    config: { Image: IMAGE },
    hostConfig,
    image: { user: "", passwd: "", group: "" },
    world: { kubernetes: "v1.23", runtime: { name: "docker", version: "20.10" } },
  };
}

export const DOCKER_PAGES: readonly FindingPage[] = [
  {
    id: "dockershim.sandbox",
    title: "dockershim cannot make the pod's sandbox",
    why: "It gives the sandbox user and group of the pod's own security context, and refuses a group without a user.",
    mend: "Set runAsUser beside runAsGroup.",
    reference: CONTEXT,
    failing: examplePod("", "securityContext: { runAsGroup: 1000 }"),
    passing: examplePod("", "securityContext: { runAsUser: 1000, runAsGroup: 1000 }"),
    world: { runtime: { name: "dockershim" } },
  },
  {
    id: "dockershim.create",
    title: "dockershim cannot make the container's request",
    why: "It reads the seccomp profile itself, and refuses the container where the file is not on the node.",
    mend: "Bring the profile to the node, or use RuntimeDefault.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod("securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
    world: { runtime: { name: "dockershim" }, node: { seccompProfiles: {} } },
  },
  {
    id: "dockershim.RunPodSandbox",
    title: "Docker cannot start the pod's sandbox",
    why: "The pause container itself is refused: all containers of the pod wait.",
    mend: "The message says which part it is.",
    reference: CONTEXT,
    only: "`check` tells it as the refusal of docker or runc; dockershim's own words are those of a pod given to it whole.",
    request: { stage: "dockershim", failing: sandboxOf("none"), passing: sandboxOf("80") },
  },
  {
    id: "docker.create",
    title: "dockerd refuses to create the container",
    why: "It looks at names that containerd passes on: a capability that there is not is an error here.",
    mend: "Correct what the message names.",
    reference: RUN,
    failing: examplePod("securityContext:\n  capabilities: { add: [NO_SUCH] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [NET_ADMIN] }"),
    world: DOCKER,
  },
  {
    id: "docker.start",
    title: "dockerd refuses to start the container",
    why: "User and group are looked up in the image's own files now: a name that does not stand there is an error.",
    mend: "Use numbers: runAsUser, or USER with a uid.",
    reference: RUN,
    failing: examplePod(""),
    passing: examplePod("securityContext: { runAsUser: 1000 }"),
    world: { ...DOCKER, images: { [IMAGE]: { user: "nobody-knows", passwd: PASSWD } } },
  },
  {
    id: "docker.addWins",
    title: "A capability is added and dropped: Docker adds it",
    why: "dockerd takes away first and adds then. containerd decides the other way round.",
    mend: "Name the capability once.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  capabilities: { add: [NET_RAW], drop: [NET_RAW] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [NET_RAW], drop: [ALL] }"),
    world: DOCKER,
  },
  {
    id: "docker.privilegedIgnoresCapabilities",
    title: "Capabilities of a privileged container mean nothing",
    why: "A privileged container gets every capability of the daemon.",
    mend: "Take privileged out, or the lists.",
    reference: RUN,
    failing: examplePod("securityContext:\n  privileged: true\n  capabilities: { drop: [ALL] }"),
    passing: examplePod("securityContext: { privileged: true }"),
    world: DOCKER,
  },
  {
    id: "docker.privilegedIgnoresSeccomp",
    title: "A privileged container has no seccomp filter, whatever it asks for",
    why: "This dockerd does not even read the profile of a privileged container; newer ones do.",
    mend: "Take privileged out, or do not count on the profile.",
    reference: SECCOMP,
    failing: examplePod(
      "securityContext:\n  privileged: true\n  seccompProfile: { type: Localhost, localhostProfile: app.json }",
    ),
    passing: examplePod(LOCALHOST),
    world: withProfile(OLD, '{"defaultAction":"SCMP_ACT_ALLOW"}'),
  },
  {
    id: "docker.privilegedIgnoresSelinux",
    title: "The process of a privileged container has no SELinux label",
    why: "inspect shows one all the same; only the mounts take parts of it.",
    mend: "Take privileged out, or do not count on the label.",
    reference: CONTEXT,
    failing: examplePod(
      "securityContext:\n  privileged: true\n  seLinuxOptions: { level: 's0:c1,c2' }",
    ),
    passing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: SELINUX,
  },
  {
    id: "docker.selinuxIgnored",
    title: "SELinux options where dockerd sets no labels",
    why: "The node has no SELinux, or dockerd runs without --selinux-enabled.",
    mend: "Start dockerd with --selinux-enabled, or take the options out.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    passing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: { ...DOCKER, node: { seLinux: false } },
    passingWorld: SELINUX,
  },
  {
    id: "docker.hostNamespaceUnlabelled",
    title: "In the node's PID namespace a container has no SELinux label",
    why: "dockerd leaves the label out where PID or IPC namespace is the node's and no options are told.",
    mend: "Set seLinuxOptions, or take hostPID out.",
    reference: CONTEXT,
    failing: examplePod("", "hostPID: true"),
    passing: examplePod("", "hostPID: false"),
    world: SELINUX,
  },
  {
    id: "docker.emptySeccompProfile",
    title: "The seccomp profile on the node filters nothing",
    why: "A file without a default action and without rules is no filter: the container runs unconfined.",
    mend: "Set defaultAction in the profile.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: withProfile(DOCKER, "{}"),
    passingWorld: withProfile(DOCKER, '{"defaultAction":"SCMP_ACT_ALLOW"}'),
  },
  {
    id: "docker.seccompFieldsIgnored",
    title: "This dockerd does not know a part of the seccomp profile",
    why: "flags, listenerPath and defaultErrnoRet came later: the filter goes without them.",
    mend: "Update Docker, or write the profile without them.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: withProfile(
      OLD,
      '{"defaultAction":"SCMP_ACT_ALLOW","flags":["SECCOMP_FILTER_FLAG_LOG"]}',
    ),
    passingWorld: withProfile(OLD, '{"defaultAction":"SCMP_ACT_ALLOW"}'),
  },
  {
    id: "docker.appArmorIgnored",
    title: "An AppArmor profile is not applied",
    why: "dockerd finds no apparmor_parser, or the node has no AppArmor: the container runs without the profile.",
    mend: "Install apparmor_parser on the node.",
    reference: APPARMOR,
    failing: examplePod(""),
    passing: examplePod(""),
    world: { ...DOCKER, node: { appArmor: true, appArmorParser: false } },
    passingWorld: { ...DOCKER, node: { appArmor: true } },
  },
  {
    id: "docker.privilegedExecUnconfined",
    title: "What docker exec starts in a privileged container has no AppArmor profile",
    why: "The profile holds for the container's own process only.",
    mend: "Take privileged out.",
    reference: APPARMOR,
    failing: examplePod(
      "securityContext:\n  privileged: true\n  appArmorProfile: { type: Localhost, localhostProfile: app }",
    ),
    passing: examplePod(
      "securityContext:\n  appArmorProfile: { type: Localhost, localhostProfile: app }",
    ),
    world: { ...DOCKER, node: { appArmor: true } },
  },
  {
    id: "docker.gidZero",
    title: "The process runs in group 0, root's",
    why: "Its uid does not stand in the image's /etc/passwd, and nobody named a group.",
    mend: "Set runAsGroup.",
    reference: CONTEXT,
    failing: examplePod("securityContext: { runAsUser: 2000 }"),
    passing: examplePod("securityContext: { runAsUser: 2000, runAsGroup: 2000 }"),
    world: { ...DOCKER, images: { [IMAGE]: { user: "", passwd: PASSWD } } },
  },
  {
    id: "docker.groupsNotAdded",
    title: "The user does not get the image's groups",
    why: "Where a group is told beside the user, dockerd does not look for the user in the image's /etc/group.",
    mend: "List the groups in supplementalGroups.",
    reference: CONTEXT,
    failing: examplePod("securityContext: { runAsUser: 1000, runAsGroup: 1000 }"),
    passing: examplePod("securityContext: { runAsUser: 1000 }"),
    world: {
      ...DOCKER,
      images: { [IMAGE]: { user: "", passwd: PASSWD, group: "wheel:x:10:app\n" } },
    },
  },
  ...OF_MODES.map(
    ([name, mode, value]): FindingPage => ({
      id: `docker.${name}`,
      title: `dockerd does not look at this ${mode}`,
      why: "A mode that there is not is taken for none: the container gets a namespace of its own, or with UsernsMode the node's.",
      mend: "Use a mode that there is.",
      reference: RUN,
      only: "dockershim writes modes that there are: dockerd takes a request of one's own, as this one.",
      request: {
        stage: "docker",
        failing: created({ [mode]: value }),
        passing: created({ [mode]: "host" }),
      },
    }),
  ),
];
