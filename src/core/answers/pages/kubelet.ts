// The pages of the kubelet's gates.
import type { JsonObject } from "../../model/json.ts";
import { examplePod } from "../risk.ts";
import {
  APPARMOR,
  CONTEXT,
  type FindingPage,
  SECCOMP,
  SYSCTLS,
  USER_NAMESPACES,
  VOLUMES,
  WINDOWS,
} from "./page.ts";

const NODES = "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/";

const IMAGE = "registry.example/app:1";

/** A line of `secctx stage kubelet`. */
function podOf(spec: JsonObject, world?: JsonObject): JsonObject {
  const containers = [{ name: "app", image: IMAGE }];
  const pod = { metadata: { name: "example" }, spec: { containers, ...spec } };
  return world === undefined ? { pod } : { pod, world };
}

function debugging(targetContainerName: string): JsonObject {
  return { name: "debug", image: "busybox:1", targetContainerName };
}

const WINDOWS_NODE: JsonObject = { node: { os: "windows" } };
const APPARMOR_NODE: JsonObject = { node: { appArmor: true } };

export const KUBELET_PAGES: readonly FindingPage[] = [
  {
    id: "kubelet.verifyRunAsNonRoot",
    title: "runAsNonRoot, and the container would run as root",
    why: "With runAsNonRoot: true the kubelet looks at runAsUser, else at the image's USER: 0 is refused, and so is a name, which nobody can tell from root. The container waits with CreateContainerConfigError for ever. Where the image is unknown, the finding is a note.",
    mend: "Set runAsUser to a number other than 0, or give the image a numeric USER. Tell secctx the image's user with --image-user, or let it look with --resolve-images.",
    reference: CONTEXT,
    failing: examplePod("securityContext: { runAsNonRoot: true, runAsUser: 0 }"),
    passing: examplePod("securityContext: { runAsNonRoot: true, runAsUser: 1000 }"),
  },
  {
    id: "kubelet.sysctls",
    title: "A sysctl that the node does not allow",
    why: "The kubelet lets safe sysctls pass, and of the others those that its allowedUnsafeSysctls name. Else it refuses the pod (SysctlForbidden), and a ReplicaSet makes the next one, without end.",
    mend: "Take the sysctl out, or have the kubelet allow it on nodes of their own.",
    reference: SYSCTLS,
    failing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: kernel.msgmax, value: '65536' }]",
    ),
    passing: examplePod(
      "",
      "securityContext:\n  sysctls: [{ name: net.ipv4.tcp_syncookies, value: '1' }]",
    ),
  },
  {
    id: "kubelet.appArmor",
    title: "The node has no AppArmor, and the pod names a profile",
    why: "A pod that names a profile, RuntimeDefault included, is not admitted by a node without AppArmor. A pod that names none is.",
    mend: "Leave appArmorProfile out where the default is meant, or keep the pod on nodes with AppArmor.",
    reference: APPARMOR,
    failing: examplePod("securityContext:\n  appArmorProfile: { type: RuntimeDefault }"),
    passing: examplePod(""),
    world: { node: { appArmor: false } },
  },
  {
    id: "kubelet.userNamespace",
    title: "The runtime knows no user namespaces",
    why: "hostUsers: false needs a runtime whose handler reports user namespaces: containerd 2.0, CRI-O 1.25. On others the pod's sandbox is not made.",
    mend: "Update the runtime, or take hostUsers out.",
    reference: USER_NAMESPACES,
    failing: examplePod("", "hostUsers: false"),
    passing: examplePod("", "hostUsers: false"),
    world: { runtime: { name: "containerd", version: "1.7" } },
    passingWorld: { runtime: { name: "containerd", version: "2.1" } },
  },
  {
    id: "kubelet.predicates",
    title: "The node cannot have this pod",
    why: "The kubelet looks again at what the scheduler has decided: the node's system, its labels, and whether its runtime can supplementalGroupsPolicy: Strict.",
    mend: "Let the pod go to other nodes, or ask for less.",
    reference: NODES,
    failing: examplePod("", "securityContext: { supplementalGroupsPolicy: Strict }"),
    passing: examplePod("", "securityContext: { supplementalGroupsPolicy: Strict }"),
    world: { runtime: { name: "containerd", version: "1.7" } },
    passingWorld: { runtime: { name: "containerd", version: "2.1" } },
  },
  {
    id: "kubelet.lookupRuntimeHandler",
    title: "There is no such RuntimeClass",
    why: "runtimeClassName names an object of the cluster. Without it the kubelet makes no sandbox.",
    mend: "Create the RuntimeClass, or take runtimeClassName out.",
    reference: "https://kubernetes.io/docs/concepts/containers/runtime-class/",
    failing: examplePod("", "runtimeClassName: sandboxed"),
    passing: examplePod("", "runtimeClassName: sandboxed"),
    world: { runtime: { classes: {} } },
    passingWorld: { runtime: { classes: { sandboxed: { handler: "runsc" } } } },
  },
  {
    id: "kubelet.makeEnvironmentVariables",
    title: "A ConfigMap, Secret or key of the environment is missing",
    why: "Variables that come from an object which is not there keep the container in CreateContainerConfigError.",
    mend: "Create the object, or mark the reference optional.",
    reference: "https://kubernetes.io/docs/concepts/configuration/secret/",
    failing: examplePod("envFrom: [{ secretRef: { name: keys } }]"),
    passing: examplePod("envFrom: [{ secretRef: { name: keys } }]"),
    world: { namespace: { secrets: {} } },
    passingWorld: { namespace: { secrets: { keys: [] } } },
  },
  {
    id: "kubelet.makeMounts",
    title: "A mount asks for what the node or the API cannot give",
    why: "recursiveReadOnly: Enabled needs a runtime that can it, a mount that is read-only, and no propagation.",
    mend: "Write IfPossible, or update the runtime.",
    reference: "https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts",
    failing: examplePod(
      "volumeMounts:\n  - { name: data, mountPath: /data, readOnly: true, recursiveReadOnly: Enabled }",
      "volumes:\n  - name: data\n    emptyDir: {}",
    ),
    passing: examplePod(
      "volumeMounts:\n  - { name: data, mountPath: /data, readOnly: true, recursiveReadOnly: IfPossible }",
      "volumes:\n  - name: data\n    emptyDir: {}",
    ),
    world: { runtime: { name: "containerd", version: "1.7" } },
  },
  {
    id: "kubelet.volumes",
    title: "A volume cannot be set up",
    why: "A ConfigMap or Secret that is not there, or has not the key, keeps the pod in ContainerCreating: the kubelet waits for it.",
    mend: "Create the object, or mark the volume optional.",
    reference: VOLUMES,
    failing: examplePod(
      "volumeMounts: [{ name: conf, mountPath: /conf }]",
      "volumes:\n  - name: conf\n    configMap: { name: conf }",
    ),
    passing: examplePod(
      "volumeMounts: [{ name: conf, mountPath: /conf }]",
      "volumes:\n  - name: conf\n    configMap: { name: conf, optional: true }",
    ),
    world: { namespace: { configMaps: {} } },
  },
  {
    id: "kubelet.declaredFeatures",
    title: "The pod needs a feature that the node does not declare",
    why: "Since 1.35 nodes declare features that not all of them have; a pod that uses one is not admitted elsewhere.",
    mend: "Let the pod go to nodes that have the feature, or switch the gate on there.",
    reference: USER_NAMESPACES,
    only: "API server and kubelet of one world have the same gates: the API server refuses first.",
    request: {
      stage: "kubelet",
      failing: podOf({ hostNetwork: true, hostUsers: false }),
      passing: podOf({ hostNetwork: true, hostUsers: true }),
    },
  },
  {
    id: "kubelet.linuxOnly",
    title: "A field of Linux that a Windows node leaves out",
    why: "Without spec.os the API server accepts Linux's fields for every node; the kubelet of a Windows node leaves them out, most of them without a word.",
    mend: "Say os: { name: windows } and take the fields out, or os: { name: linux } to keep the pod off such nodes.",
    reference: WINDOWS,
    failing: examplePod("securityContext: { capabilities: { drop: [ALL] } }"),
    passing: examplePod("securityContext:\n  windowsOptions: { runAsUserName: ContainerUser }"),
    world: { node: { os: "windows" } },
  },
  {
    id: "kubelet.hostProcess",
    title: "HostProcess containers that are not all of the pod",
    why: "All containers of a pod have to be HostProcess containers, or none, and they need the node's network.",
    mend: "Set windowsOptions.hostProcess at the pod.",
    reference: WINDOWS,
    only: "The API server refuses such a pod first: the kubelet says this of pods that come another way, as static ones.",
    request: {
      stage: "kubelet",
      failing: podOf(
        {
          containers: [
            {
              name: "app",
              image: IMAGE,
              securityContext: { windowsOptions: { hostProcess: true } },
            },
            { name: "side", image: IMAGE },
          ],
        },
        WINDOWS_NODE,
      ),
      passing: podOf(
        { hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } },
        WINDOWS_NODE,
      ),
    },
  },
  {
    id: "kubelet.getSeccompProfile",
    title: "A Localhost seccomp profile without a name",
    why: "The kubelet cannot say which file it is.",
    mend: "Set localhostProfile.",
    reference: SECCOMP,
    only: "The API server refuses such a pod first: the kubelet says this of pods that come another way, as static ones.",
    request: {
      stage: "kubelet",
      failing: podOf({ securityContext: { seccompProfile: { type: "Localhost" } } }),
      passing: podOf({
        securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "app.json" } },
      }),
    },
  },
  {
    id: "kubelet.getAppArmorProfile",
    title: "An AppArmor profile of a type that there is not",
    why: "The kubelet cannot make a profile of it.",
    mend: "Use RuntimeDefault, Localhost or Unconfined.",
    reference: APPARMOR,
    only: "The API server refuses such a pod first: the kubelet says this of pods that come another way, as static ones.",
    request: {
      stage: "kubelet",
      failing: podOf({ securityContext: { appArmorProfile: { type: "Complain" } } }, APPARMOR_NODE),
      passing: podOf(
        { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } },
        APPARMOR_NODE,
      ),
    },
  },
  {
    id: "kubelet.supplementalGroupsPolicy",
    title: "supplementalGroupsPolicy has a value that there is not",
    why: "The kubelet knows Merge and Strict.",
    mend: "Write Merge or Strict.",
    reference: CONTEXT,
    only: "The API server refuses such a pod first: the kubelet says this of pods that come another way, as static ones.",
    request: {
      stage: "kubelet",
      failing: podOf({ securityContext: { supplementalGroupsPolicy: "strict" } }),
      passing: podOf({ securityContext: { supplementalGroupsPolicy: "Strict" } }),
    },
  },
  {
    id: "kubelet.targetContainer",
    title: "The container that an ephemeral one aims at does not run",
    why: "targetContainerName needs a container of the pod that runs.",
    mend: "Name a running container of the pod.",
    reference: "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
    only: "No manifest creates an ephemeral container: kubectl debug adds it to a pod that runs.",
    request: {
      stage: "kubelet",
      failing: podOf({ ephemeralContainers: [debugging("nosuch")] }),
      passing: podOf({ ephemeralContainers: [debugging("app")] }),
    },
  },
];
