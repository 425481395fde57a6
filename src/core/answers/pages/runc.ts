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

export const RUNC_PAGES: readonly FindingPage[] = [
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
