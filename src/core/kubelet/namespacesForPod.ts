// Which namespaces a pod's containers share with the node and with each other, as the kubelet asks for them.
import type { NamespaceMode, NamespaceOption, UserNamespace } from "../model/cri.ts";
import type { Setting } from "../model/setting.ts";
import type { World } from "../model/world.ts";
import type { EffectiveContext } from "./effective.ts";
import { byDefault, byRule, isRefusal, type Refusal, type Tracer } from "./outcome.ts";
import { getOrCreateUserNamespaceMappings } from "./userNamespace.ts";

/** What every message of a pod says of namespaces; `pid` may become TARGET in an ephemeral container. */
export interface PodNamespaces {
  readonly network: Setting<NamespaceMode>;
  readonly ipc: Setting<NamespaceMode>;
  readonly pid: Setting<NamespaceMode>;
  /** undefined: this kubelet sends none. */
  readonly user: Setting<UserNamespace> | undefined;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/util/util.go NamespacesForPod */
export function namespacesForPod(
  effective: EffectiveContext,
  runtimeClassName: string,
  world: World,
): PodNamespaces | Refusal {
  const user = getOrCreateUserNamespaceMappings(effective, runtimeClassName, world);
  if (isRefusal(user)) return user;
  return {
    network: shared(effective.hostNetwork),
    ipc: shared(effective.hostIPC),
    pid: pidNamespaceForPod(effective),
    user,
  };
}

function shared(host: Setting<boolean> | undefined): Setting<NamespaceMode> {
  if (host === undefined) return byDefault("POD");
  return { value: host.value ? "NODE" : "POD", source: host.source };
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/util/util.go PidNamespaceForPod */
function pidNamespaceForPod(effective: EffectiveContext): Setting<NamespaceMode> {
  const { hostPID, shareProcessNamespace } = effective;
  if (hostPID?.value === true) return { value: "NODE", source: hostPID.source };
  if (shareProcessNamespace?.value === true) {
    return { value: "POD", source: shareProcessNamespace.source };
  }
  return byDefault("CONTAINER");
}

/** With a target, a container that would have its own process namespace joins the target's. */
export function withTarget(namespaces: PodNamespaces, target: string | undefined): PodNamespaces {
  if (target === undefined || namespaces.pid.value !== "CONTAINER") return namespaces;
  const pid = byRule<NamespaceMode>("TARGET", "targetContainerName ⇒ its process namespace");
  return { ...namespaces, pid };
}

/** The wire form: POD is the zero value and left out. `target` stands for the id that the runtime gave the container. */
export function namespaceOptions(
  namespaces: PodNamespaces,
  target: string | undefined,
  trace: Tracer | undefined,
): NamespaceOption {
  const options: { -readonly [Key in keyof NamespaceOption]: NamespaceOption[Key] } = {};
  const { network, ipc, pid, user } = namespaces;
  if (network.value !== "POD") options.network = network.value;
  if (pid.value !== "POD") options.pid = pid.value;
  if (ipc.value !== "POD") options.ipc = ipc.value;
  if (pid.value === "TARGET" && target !== undefined) options.target_id = `<${target}>`;
  if (user !== undefined) options.userns_options = user.value;
  if (trace === undefined) return options;
  trace("hostNetwork", "/namespace_options/network", network);
  trace(pid.value === "NODE" ? "hostPID" : "shareProcessNamespace", "/namespace_options/pid", pid);
  trace("hostIPC", "/namespace_options/ipc", ipc);
  if (user !== undefined) {
    trace("hostUsers", "/namespace_options/userns_options", {
      ...user,
      value: user.value.mode ?? "POD",
    });
  }
  return options;
}
