// The pages of the OCI runtime: runc's and crun's own refusals, by the step that ends.
import type { WorldFile } from "../../model/world.ts";
import { examplePod } from "../risk.ts";
import { CONTEXT, type FindingPage, SECCOMP, SYSCTLS } from "./page.ts";

const LOCALHOST =
  "securityContext:\n  seccompProfile: { type: Localhost, localhostProfile: app.json }";
const SPEC = "https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md";
const ALLOW = withProfile('{"defaultAction":"SCMP_ACT_ALLOW"}');

const FEW = ["CAP_CHOWN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"];

function withProfile(text: string): WorldFile {
  return { node: { seccompProfiles: { "app.json": text } } };
}

const REACHED: readonly FindingPage[] = [
  {
    id: "runc.warning",
    title: "The OCI runtime ignores something, with a warning in its log",
    why: "Capabilities that the kernel does not know are left out; no event shows it.",
    mend: "Correct the capability's name.",
    reference: SPEC,
    failing: examplePod("securityContext:\n  capabilities: { add: [NO_SUCH] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [NET_ADMIN] }"),
  },
  {
    id: "runc.writeSysctls",
    title: "A sysctl cannot be written",
    why: "The kernel of the node does not have it, or does not take its value: the pod's sandbox does not start.",
    mend: "Correct name and value.",
    reference: SYSCTLS,
    failing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: none }]",
    ),
    passing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: '80' }]",
    ),
  },
  {
    id: "runc.setupSeccomp",
    title: "runc cannot read the seccomp profile",
    why: "An action, an architecture or an operator in it is none.",
    mend: "Correct the profile on the node.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: withProfile('{"defaultAction":"SCMP_ACT_NONE"}'),
    passingWorld: ALLOW,
  },
  {
    id: "runc.seccomp",
    title: "crun cannot read the seccomp profile",
    why: "An action, an architecture or an operator in it is none.",
    mend: "Correct the profile on the node.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: {
      ...withProfile('{"defaultAction":"SCMP_ACT_NONE"}'),
      runtime: { ociRuntime: { name: "crun", version: "1.28" } },
    },
    passingWorld: { ...ALLOW, runtime: { ociRuntime: { name: "crun", version: "1.28" } } },
  },
  {
    id: "runc.seccompListener",
    title: "The seccomp profile notifies a listener that is not told",
    why: "SCMP_ACT_NOTIFY needs listenerPath, the socket of an agent on the node.",
    mend: "Set listenerPath in the profile and run the agent, or use another action.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: withProfile(
      '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_NOTIFY"}]}',
    ),
    passingWorld: ALLOW,
  },
  {
    id: "runc.callsUnderFilter",
    title: "The seccomp profile stops the container before its program runs",
    why: "Without no_new_privs the filter is loaded before the runtime sets user and capabilities: a profile has to allow the runtime's own calls too, and its execve.",
    mend: "Allow what the message names, set allowPrivilegeEscalation: false (the filter then comes last), or begin from the runtime's default profile.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: withProfile(
      '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["getppid"],"action":"SCMP_ACT_ERRNO"}]}',
    ),
    passingWorld: ALLOW,
  },
  {
    id: "runc.ApplyCaps",
    title: "The runtime cannot give the capabilities",
    why: "It has not got them itself: the node's runtime runs with a smaller set, as inside of another container.",
    mend: "Add only capabilities that the node's runtime has.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  capabilities: { add: [SYS_ADMIN] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [SYS_ADMIN] }"),
    world: { node: { capabilities: FEW } },
    passingWorld: {},
  },
  {
    id: "runc.identity",
    title: "crun cannot give user, groups or capabilities",
    why: "The node's runtime runs with a smaller set of capabilities, as inside of another container, or the id has no place in the user namespace.",
    mend: "Add only capabilities that the node's runtime has.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  capabilities: { add: [SYS_ADMIN] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [SYS_ADMIN] }"),
    world: {
      node: { capabilities: FEW },
      runtime: { ociRuntime: { name: "crun", version: "1.28" } },
    },
    passingWorld: { runtime: { ociRuntime: { name: "crun", version: "1.28" } } },
  },
];

/** Specs that containerd and Docker write pass these; who writes one by hand meets them. */
const OF_SPECS: readonly (readonly [step: string, title: string, why: string])[] = [
  [
    "validateProcessSpec",
    "The spec has no process that could run",
    "process, its arguments and its working directory have to be there, the directory as an absolute path.",
  ],
  [
    "createLibcontainerConfig",
    "The spec cannot be read",
    "A namespace, a mount, a device or a label in it is none, or stands twice.",
  ],
  [
    "setupUserNamespace",
    "The user namespace has no mappings",
    "A user namespace needs uid and gid mappings, or a path to join.",
  ],
  [
    "parse",
    "crun cannot read the spec",
    "The document has not the shape of the OCI runtime specification.",
  ],
  [
    "namespaces",
    "A namespace is none, or stands twice",
    "Types of namespaces are those that the kernel has, each at most once.",
  ],
  [
    "hostname",
    "A host name without a UTS namespace of its own",
    "It would be the node's name that changes.",
  ],
  [
    "uts",
    "A host or domain name without a UTS namespace of its own",
    "It would be the node's name that changes.",
  ],
  [
    "security",
    "A label, masked or read-only paths, or mounts without a place for them",
    "SELinux has to be on for a label, and paths need a mount namespace of the container's own.",
  ],
  [
    "sysctl",
    "A sysctl that does not belong to the container's namespaces",
    "It would be the node's value that changes.",
  ],
  [
    "mountsStrict",
    "A mount whose destination is not absolute",
    "Paths of mounts begin at the root of the container.",
  ],
  [
    "mounts",
    "A mount that crun cannot make",
    "Its options contradict each other, or its place is not there.",
  ],
  [
    "uidMap",
    "An id that the user namespace has no room for",
    "uid and gid of the process have to be mapped.",
  ],
  [
    "idsInUserNamespace",
    "An id of the spec has no place in the user namespace",
    "The ids of the process and of its mounts have to be mapped.",
  ],
  [
    "setgroups",
    "Groups cannot be set in the user namespace",
    "The kernel refuses setgroups there, or a group is not mapped.",
  ],
  [
    "seccompFlags",
    "A flag of the seccomp filter is refused",
    "The runtime or the node's kernel does not know it.",
  ],
  [
    "cwd",
    "The working directory cannot be entered",
    "The process may not go there, or it is none.",
  ],
  ["rlimits", "A limit that there is not", "Names of limits are those that the kernel has."],
  [
    "setupRlimits",
    "A limit cannot be set",
    "It is above the runtime's own, and the runtime lacks CAP_SYS_RESOURCE.",
  ],
  [
    "setKeyLabel",
    "The SELinux label of the session's keyring is refused",
    "The node's policy does not know the label.",
  ],
  [
    "prepareRootfs",
    "The container's file system cannot be made",
    "A mount is refused by the kernel.",
  ],
  ["apparmor", "The AppArmor profile cannot be applied", "It is not loaded on the node."],
  [
    "initSeccomp",
    "The seccomp filter cannot be loaded",
    "The kernel refuses it: a flag or an action that it does not have.",
  ],
  [
    "setupUser",
    "User or groups cannot be set",
    "The ids are not mapped, or setgroups is not allowed in the user namespace.",
  ],
  ["lookPath", "The program is not there", "Nothing of its name lies in the image's PATH."],
  ["findExecutable", "The program is not there", "Nothing of its name lies in the image's PATH."],
  [
    "execve",
    "The program cannot be executed",
    "The kernel refuses it: no permission, or file capabilities that the bounding set does not have.",
  ],
  [
    "race",
    "What the runtime says depends on a race",
    "Its own threads race under this seccomp profile: it may also fail.",
  ],
];

export const RUNC_PAGES: readonly FindingPage[] = [
  ...REACHED,
  ...OF_SPECS.map(([step, title, why]) => ({
    id: `runc.${step}`,
    title,
    why,
    mend: "Correct the part of the spec that the message names.",
    reference: SPEC,
    only: "A pod leads there only on nodes that secctx is not told of: `secctx stage runc` says this of a spec of one's own.",
  })),
];
