// The pages of Pod Security's checks.

import type { CheckId } from "../../podsecurity/check.ts";
import { CHECKS } from "../../podsecurity/checks.ts";
import { examplePod } from "../risk.ts";
import { type FindingPage, STANDARDS } from "./page.ts";

type Words = Omit<FindingPage, "id" | "reference" | "level">;

const WORDS: Readonly<Record<CheckId, Words>> = {
  appArmorProfile: {
    title: "An AppArmor profile is switched off or unknown",
    why: "Where the node has AppArmor, the runtime's default profile holds every container back from the node's files and mounts. Level baseline lets nobody switch it off.",
    mend: "Leave appArmorProfile out, or use RuntimeDefault or a Localhost profile.",
    failing: examplePod("securityContext:\n  appArmorProfile: { type: Unconfined }"),
    passing: examplePod("securityContext:\n  appArmorProfile: { type: RuntimeDefault }"),
  },
  capabilities_baseline: {
    title: "A capability is added that containers do not have by default",
    why: "Each further capability is a part of root's power on the node. Level baseline allows thirteen that runtimes give anyway; NET_RAW, which they give too, is not among them.",
    mend: "Take the capability out of capabilities.add, or let this workload run in a namespace that is privileged.",
    failing: examplePod("securityContext:\n  capabilities: { add: [NET_ADMIN] }"),
    passing: examplePod("securityContext:\n  capabilities: { add: [CHOWN] }"),
  },
  hostNamespaces: {
    title: "The pod shares a namespace of the node",
    why: "In the node's network, PID or IPC namespace a container sees and reaches what belongs to the node and to other pods: its sockets on localhost, its processes and their environment, its shared memory.",
    mend: "Take hostNetwork, hostPID and hostIPC out.",
    failing: examplePod("", "hostPID: true"),
    passing: examplePod("", "hostPID: false"),
  },
  hostPathVolumes: {
    title: "A volume is a path of the node",
    why: "A hostPath volume gives the pod files of the node, past every isolation of the container; with the right path that is the node itself.",
    mend: "Use another volume: emptyDir, a claim, a projected volume.",
    failing: examplePod("", "volumes:\n  - name: logs\n    hostPath: { path: /var/log }"),
    passing: examplePod("", "volumes:\n  - name: logs\n    emptyDir: {}"),
  },
  hostPorts: {
    title: "A port of the node is taken",
    why: "A hostPort opens the container on the node's own addresses, past Services and network policies, and keeps a second pod with the same port off the node.",
    mend: "Take hostPort out and use a Service.",
    failing: examplePod("ports: [{ containerPort: 8080, hostPort: 8080 }]"),
    passing: examplePod("ports: [{ containerPort: 8080 }]"),
  },
  hostProbesAndHostLifecycle: {
    title: "A probe or lifecycle handler names a host",
    why: "The kubelet makes these connections from the node. With a host of the author's choice they reach whatever the node reaches: a way to ask services that the pod itself cannot see. 127.0.0.1 is refused as well.",
    mend: "Take host out: the kubelet then asks the pod's own address.",
    failing: examplePod("livenessProbe:\n  httpGet: { host: 127.0.0.1, port: 8080 }"),
    passing: examplePod("livenessProbe:\n  httpGet: { port: 8080 }"),
  },
  privileged: {
    title: "A container is privileged",
    why: "A privileged container has every capability and every device of the node, and neither seccomp nor AppArmor nor SELinux holds it: it is root on the node.",
    mend: "Take privileged out; add the one capability or mount the one device that the program needs.",
    failing: examplePod("securityContext: { privileged: true }"),
    passing: examplePod("securityContext: { privileged: false }"),
  },
  procMount: {
    title: "/proc is unmasked",
    why: "The runtime hides parts of /proc that tell of the node or change it. procMount: Unmasked uncovers them, which is safe only in a user namespace.",
    mend: "Take procMount out; for nested containers set hostUsers: false beside it (allowed from policy 1.35 on).",
    failing: examplePod("securityContext: { procMount: Unmasked }"),
    passing: examplePod("securityContext: { procMount: Unmasked }", "hostUsers: false"),
  },
  seLinuxOptions: {
    title: "SELinux options leave the types that containers have",
    why: "Type, user and role of the label decide what SELinux allows. Level baseline allows the types of containers and nothing else.",
    mend: "Use container_t, container_init_t, container_kvm_t or container_engine_t, and leave user and role out.",
    failing: examplePod("securityContext:\n  seLinuxOptions: { type: spc_t }"),
    passing: examplePod("securityContext:\n  seLinuxOptions: { type: container_t }"),
  },
  seccompProfile_baseline: {
    title: "seccomp is switched off",
    why: "Without a filter the container may call every function of the kernel. Level baseline lets a profile be left out, but not be switched off.",
    mend: "Leave seccompProfile out, or use RuntimeDefault.",
    failing: examplePod("securityContext:\n  seccompProfile: { type: Unconfined }"),
    passing: examplePod("securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  },
  sysctls: {
    title: "A sysctl is set that is not among the safe ones",
    why: "Safe sysctls belong to the pod's own namespaces and cannot harm others. The list grows with the releases; for every other one the kubelet needs allowedUnsafeSysctls, too.",
    mend: "Take the sysctl out, or use one of the safe ones.",
    failing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: kernel.msgmax, value: '65536' }]",
    ),
    passing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: net.ipv4.tcp_syncookies, value: '1' }]",
    ),
  },
  windowsHostProcess: {
    title: "A Windows container is a process of the node",
    why: "A HostProcess container runs on the Windows node itself, with its files, its network and, as a rule, as an administrator.",
    mend: "Take windowsOptions.hostProcess out.",
    failing: examplePod(
      "securityContext:\n  windowsOptions: { hostProcess: true }",
      "hostNetwork: true\nos: { name: windows }",
    ),
    passing: examplePod("", "os: { name: windows }"),
  },
  allowPrivilegeEscalation: {
    title: "A process may gain privileges that its parent has not",
    why: "Without allowPrivilegeEscalation: false the kernel's no_new_privs is not set: setuid programs and file capabilities in the image give a process more than it began with.",
    mend: "Set allowPrivilegeEscalation: false in every container. There is no such field for the pod.",
    failing: examplePod(""),
    passing: examplePod("securityContext: { allowPrivilegeEscalation: false }"),
  },
  capabilities_restricted: {
    title: "The container keeps capabilities that it does not need",
    why: "Level restricted wants every container to drop ALL, spelled so, and allows to add NET_BIND_SERVICE back. A list of single capabilities to drop is not enough, and `all` is not `ALL`.",
    mend: "Set capabilities: { drop: [ALL] } in every container, and add NET_BIND_SERVICE at most.",
    failing: examplePod("securityContext:\n  capabilities: { drop: [NET_RAW] }"),
    passing: examplePod("securityContext:\n  capabilities: { drop: [ALL] }"),
  },
  procMount_restricted: {
    title: "/proc is unmasked",
    why: "Level baseline allows procMount: Unmasked in a user namespace since policy 1.35; level restricted does not.",
    mend: "Take procMount out.",
    failing: examplePod("securityContext: { procMount: Unmasked }", "hostUsers: false"),
    passing: examplePod("securityContext: { procMount: Default }", "hostUsers: false"),
  },
  restrictedVolumes: {
    title: "A volume of this kind is not allowed",
    why: "Level restricted allows the volumes that Kubernetes itself fills and claims: configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret. Others name a place of the node or of a network directly.",
    mend: "Put a persistentVolumeClaim in front of the storage.",
    failing: examplePod(
      "",
      "volumes:\n  - name: data\n    nfs: { server: nfs.example, path: /data }",
    ),
    passing: examplePod(
      "",
      "volumes:\n  - name: data\n    persistentVolumeClaim: { claimName: data }",
    ),
  },
  runAsNonRoot: {
    title: "Nothing says that the container must not run as root",
    why: "runAsNonRoot: true has the kubelet refuse a container whose user is root. A numeric runAsUser alone is not enough for the level, and runAsNonRoot alone is not enough to run: the image needs a numeric USER then.",
    mend: "Set runAsNonRoot: true for the pod, and runAsUser where the image's USER is root or a name.",
    failing: examplePod("securityContext: { runAsUser: 1000 }"),
    passing: examplePod("securityContext: { runAsUser: 1000, runAsNonRoot: true }"),
  },
  runAsUser: {
    title: "The container asks to be root",
    why: "Level restricted refuses runAsUser: 0 at the pod and at every container; since policy 1.35 not in a user namespace.",
    mend: "Use another uid, or leave runAsUser to the image.",
    failing: examplePod("securityContext: { runAsUser: 0 }"),
    passing: examplePod("securityContext: { runAsUser: 1000 }"),
  },
  seccompProfile_restricted: {
    title: "No seccomp profile is set",
    why: "Without a profile, and unless the kubelet runs with seccompDefault, containers are unconfined. Level restricted wants RuntimeDefault or a Localhost profile, at the pod or at every container.",
    mend: "Set seccompProfile: { type: RuntimeDefault } for the pod.",
    failing: examplePod(""),
    passing: examplePod("", "securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  },
};

export const POD_SECURITY_PAGES: readonly FindingPage[] = CHECKS.map(({ id, level }) => ({
  id: `podsecurity.${id}`,
  reference: `${STANDARDS}#${level}`,
  level,
  ...WORDS[id],
}));
