// The pages of containerd: what it refuses, and what it does in silence.
import type { JsonObject } from "../../model/json.ts";
import { examplePod } from "../risk.ts";
import {
  APPARMOR,
  CONTEXT,
  type FindingPage,
  SECCOMP,
  USER_NAMESPACES,
  VOLUMES,
  WINDOWS,
} from "./page.ts";

const CONFIG = "https://github.com/containerd/containerd/blob/main/docs/cri/config.md";
const LOCALHOST =
  "securityContext:\n  seccompProfile: { type: Localhost, localhostProfile: app.json }";
const IMAGE = "registry.example/app:1";
const PASSWD = "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/home/app:/bin/sh\n";
const ONLY_CRI =
  "A kubelet never asks for it: it takes a request of one's own over CRI (crictl), as this one.";

/** A line of `secctx stage containerd`. */
function asked(container: JsonObject, more: JsonObject = {}, world?: JsonObject): JsonObject {
  const line = { sandbox: {}, container, image: { user: "", passwd: "", group: "" }, ...more };
  return world === undefined ? line : { ...line, world };
}

interface OfRequest {
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly failing: JsonObject;
  readonly passing: JsonObject;
}

const OF_REQUESTS: readonly OfRequest[] = [
  {
    name: "groupsOfRoot",
    title: "A user of the image gets the groups of root",
    why: "containerd 1.6 reads the groups of uid 0 where the user comes from the image alone.",
    failing: asked(
      {},
      { image: { user: "app", passwd: PASSWD, group: "" } },
      { runtime: { version: "1.6" } },
    ),
    passing: asked(
      {},
      { image: { user: "app", passwd: PASSWD, group: "" } },
      { runtime: { version: "2.1" } },
    ),
  },
  {
    name: "groupTruncated",
    title: "A group does not fit into 32 bits",
    why: "The kernel keeps the lower 32 bits: the process gets another group.",
    failing: asked({ supplemental_groups: ["4294967296"] }),
    passing: asked({ supplemental_groups: ["4294967294"] }),
  },
  {
    name: "ambientIgnored",
    title: "Ambient capabilities are not set",
    why: "CRI has a list of them, and containerd clears it.",
    failing: asked({ capabilities: { add_ambient_capabilities: ["CHOWN"] } }),
    passing: asked({ capabilities: { add_capabilities: ["CHOWN"] } }),
  },
  {
    name: "namespaceOfSandbox",
    title: "A container asks for another namespace than its sandbox has",
    why: "Containers of a pod join the sandbox's namespaces, whatever they ask for themselves.",
    failing: asked({ namespace_options: { network: "NODE" } }),
    passing: asked({ namespace_options: { network: "POD" } }),
  },
];

export const CONTAINERD_PAGES: readonly FindingPage[] = [
  {
    id: "containerd.RunPodSandbox",
    title: "containerd cannot make the pod's sandbox",
    why: "All containers of the pod wait (FailedCreatePodSandBox). The sandbox takes user, groups and labels of the pod's own security context.",
    mend: "The message says which part it is: a label that the node's policy does not know, a namespace, a sysctl.",
    reference: CONTEXT,
    failing: examplePod(
      "",
      "securityContext:\n  seLinuxOptions: { user: nobody_u, level: 's0:c1,c2' }",
    ),
    passing: examplePod("", "securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: {
      node: {
        seLinux: true,
        seLinuxPolicy: {
          types: ["container_file_t"],
          roles: { system_r: ["container_t"] },
          users: { system_u: ["system_r"] },
        },
      },
      runtime: { config: { enableSelinux: true } },
    },
  },
  {
    id: "containerd.CreateContainer",
    title: "containerd cannot create the container",
    why: "The container waits with CreateContainerError: a seccomp file or an AppArmor profile is not on the node, or the image's user is not in its /etc/passwd.",
    mend: "Bring the profile to the node, or use RuntimeDefault; give the image's user by number.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod("securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
    world: { node: { seccompProfiles: {} } },
  },
  {
    id: "containerd.StartContainer",
    title: "containerd cannot start the container",
    why: "The container ends with RunContainerError before its program runs. In a user namespace that is an id for which the namespace has no room.",
    mend: "Use ids below 65536 with hostUsers: false.",
    reference: USER_NAMESPACES,
    failing: examplePod("securityContext: { runAsUser: 70000 }", "hostUsers: false"),
    passing: examplePod("securityContext: { runAsUser: 1000 }", "hostUsers: false"),
  },
  {
    id: "containerd.unknownCapability",
    title: "A capability is added by a name that does nothing",
    why: "containerd puts CAP_ in front of whatever is written and asks nobody; runc ignores what the kernel does not know, with a warning in its log.",
    mend: "Write the bare name in capitals to have it (NET_ADMIN), or remove it.",
    reference: "https://github.com/kubernetes/kubernetes/issues/119568",
    failing: examplePod("securityContext:\n  capabilities: { add: [CAP_NET_ADMIN] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [NET_ADMIN] }"),
  },
  {
    id: "containerd.dropsNothing",
    title: "A capability is dropped by a name that does nothing",
    why: "containerd puts CAP_ in front of whatever is written, so CAP_NET_RAW takes nothing away: the container keeps what its author believes dropped.",
    mend: "Write the bare name in capitals: NET_RAW; or drop ALL.",
    reference: "https://github.com/kubernetes/kubernetes/issues/119568",
    failing: examplePod("securityContext:\n  capabilities: { drop: [CAP_NET_RAW] }"),
    passing: examplePod("securityContext:\n  capabilities: { drop: [NET_RAW] }"),
  },
  {
    id: "containerd.dropWins",
    title: "A capability is added and dropped: containerd drops it",
    why: "What is named is dropped after it is added. Docker decides the other way round.",
    mend: "Name the capability once.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  capabilities: { add: [NET_RAW], drop: [NET_RAW] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [NET_RAW], drop: [ALL] }"),
  },
  {
    id: "containerd.privilegedIgnoresCapabilities",
    title: "Capabilities of a privileged container mean nothing",
    why: "A privileged container gets every capability of the runtime after its own lists were looked at.",
    mend: "Take privileged out, or the lists.",
    reference: CONTEXT,
    failing: examplePod("securityContext:\n  privileged: true\n  capabilities: { drop: [ALL] }"),
    passing: examplePod("securityContext: { privileged: true }"),
  },
  {
    id: "containerd.privilegedIgnoresSeccomp",
    title: "A privileged container has no seccomp filter, whatever it asks for",
    why: "containerd leaves seccomp out of a privileged container, Localhost profiles included.",
    mend: "Take privileged out, or do not count on the profile.",
    reference: SECCOMP,
    failing: examplePod(
      "securityContext:\n  privileged: true\n  seccompProfile: { type: RuntimeDefault }",
    ),
    passing: examplePod("securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  },
  {
    id: "containerd.privilegedIgnoresSelinux",
    title: "The process of a privileged container has no SELinux label",
    why: "Only the mounts of such a container take user and level of the options.",
    mend: "Take privileged out, or do not count on the label.",
    reference: CONTEXT,
    failing: examplePod(
      "securityContext:\n  privileged: true\n  seLinuxOptions: { level: 's0:c1,c2' }",
    ),
    passing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: { node: { seLinux: true }, runtime: { config: { enableSelinux: true } } },
  },
  {
    id: "containerd.selinuxIgnored",
    title: "SELinux options where there is no SELinux",
    why: "The node has none, or containerd's enable_selinux is off: no label is set, and nobody says so.",
    mend: "Switch enable_selinux on, keep the pod on nodes with SELinux, or take the options out.",
    reference: CONFIG,
    failing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    passing: examplePod("securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: { node: { seLinux: false } },
    passingWorld: { node: { seLinux: true }, runtime: { config: { enableSelinux: true } } },
  },
  {
    id: "containerd.freshCategories",
    title: "SELinux options without a level: categories of its own for the container",
    why: "The container then cannot share volumes with the others of its pod.",
    mend: "Set level too, the same for the whole pod.",
    reference: CONTEXT,
    failing: examplePod("", "securityContext:\n  seLinuxOptions: { type: container_t }"),
    passing: examplePod("", "securityContext:\n  seLinuxOptions: { level: 's0:c1,c2' }"),
    world: { node: { seLinux: true }, runtime: { config: { enableSelinux: true } } },
  },
  {
    id: "containerd.appArmorUnused",
    title: "The node has AppArmor, and containerd cannot use it",
    why: "Without apparmor_parser, or with disable_apparmor, containers run without the default profile that people expect.",
    mend: "Install apparmor_parser on the node, or take disable_apparmor out of its configuration.",
    reference: CONFIG,
    failing: examplePod(""),
    passing: examplePod(""),
    world: { node: { appArmor: true }, runtime: { config: { disableAppArmor: true } } },
    passingWorld: { node: { appArmor: true } },
  },
  {
    id: "containerd.sandboxUnconfined",
    title: "The pod's sandbox has no AppArmor profile",
    why: "Only containers get one; the pause process of the sandbox does nothing but wait.",
    mend: "Nothing is to be done.",
    reference: APPARMOR,
    only: ONLY_CRI,
    request: {
      stage: "containerd",
      failing: asked(
        {},
        {
          sandbox: {
            security_context: { apparmor: { profile_type: "Localhost", localhost_ref: "app" } },
          },
        },
        { node: { appArmor: true } },
      ),
      passing: asked({}, {}, { node: { appArmor: true } }),
    },
  },
  {
    id: "containerd.emptySeccompProfile",
    title: "The seccomp profile on the node filters nothing",
    why: "A file without a default action and without rules is taken for no profile at all: the container runs unconfined.",
    mend: "Set defaultAction in the profile.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: { node: { seccompProfiles: { "app.json": "{}" } } },
    passingWorld: {
      node: { seccompProfiles: { "app.json": '{"defaultAction":"SCMP_ACT_ALLOW"}' } },
    },
  },
  {
    id: "containerd.dockerProfileFields",
    title: "The seccomp profile on the node is written for Docker",
    why: "containerd does not know archMap, includes, excludes and name: rules hold without their conditions, or not at all.",
    mend: "Write the profile as the OCI runtime specification has it: architectures, and rules with names.",
    reference: SECCOMP,
    failing: examplePod(LOCALHOST),
    passing: examplePod(LOCALHOST),
    world: {
      node: { seccompProfiles: { "app.json": '{"defaultAction":"SCMP_ACT_ALLOW","archMap":[]}' } },
    },
    passingWorld: {
      node: { seccompProfiles: { "app.json": '{"defaultAction":"SCMP_ACT_ALLOW"}' } },
    },
  },
  {
    id: "containerd.gidZero",
    title: "The process runs in group 0, root's",
    why: "Its uid does not stand in the image's /etc/passwd, and nobody named a group.",
    mend: "Set runAsGroup.",
    reference: CONTEXT,
    failing: examplePod("securityContext: { runAsUser: 2000 }"),
    passing: examplePod("securityContext: { runAsUser: 2000, runAsGroup: 2000 }"),
    world: { images: { [IMAGE]: { user: "", passwd: PASSWD } } },
  },
  {
    id: "containerd.strictIgnored",
    title: "supplementalGroupsPolicy: Strict is not known here",
    why: "This containerd merges the groups of the image's /etc/group as ever.",
    mend: "Update containerd to 2.0.",
    reference: CONTEXT,
    failing: examplePod("", "securityContext: { supplementalGroupsPolicy: Strict }"),
    passing: examplePod("", "securityContext: { supplementalGroupsPolicy: Strict }"),
    world: {
      runtime: { name: "containerd", version: "1.7", features: { supplementalGroupsPolicy: true } },
    },
    passingWorld: { runtime: { name: "containerd", version: "2.1" } },
  },
  {
    id: "containerd.usernsIgnored",
    title: "hostUsers: false is not known here",
    why: "This containerd has no user namespaces for pods: the container runs in the node's, and its root is the node's root.",
    mend: "Update containerd to 2.0.",
    reference: USER_NAMESPACES,
    failing: examplePod("", "hostUsers: false"),
    passing: examplePod("", "hostUsers: false"),
    world: { runtime: { name: "containerd", version: "1.6", features: { userns: true } } },
    passingWorld: { runtime: { name: "containerd", version: "2.1" } },
  },
  {
    id: "containerd.recursiveReadOnlyIgnored",
    title: "recursiveReadOnly is not known here",
    why: "This containerd mounts read-only without the mounts below: those stay writable.",
    mend: "Update containerd to 2.0.",
    reference: VOLUMES,
    failing: examplePod(
      "volumeMounts:\n  - { name: data, mountPath: /data, readOnly: true, recursiveReadOnly: Enabled }",
      "volumes:\n  - name: data\n    emptyDir: {}",
    ),
    passing: examplePod(
      "volumeMounts:\n  - { name: data, mountPath: /data, readOnly: true }",
      "volumes:\n  - name: data\n    emptyDir: {}",
    ),
    world: {
      runtime: { name: "containerd", version: "1.7", features: { recursiveReadOnlyMounts: true } },
    },
  },
  {
    id: "containerd.windowsNode",
    title: "What a Windows node's runtime does is not predicted",
    why: "secctx follows a pod for a Windows node up to the kubelet's request.",
    mend: "Nothing is to be done.",
    reference: WINDOWS,
    failing: examplePod("", "os: { name: windows }"),
    passing: examplePod("", "os: { name: linux }"),
  },
  ...OF_REQUESTS.map(
    ({ name, title, why, failing, passing }): FindingPage => ({
      id: `containerd.${name}`,
      title,
      why,
      mend: "Ask the kubelet rather than containerd.",
      reference: CONTEXT,
      only: ONLY_CRI,
      request: { stage: "containerd", failing, passing },
    }),
  ),
];
