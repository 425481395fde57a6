// The kubelet: from a defaulted pod to admission, sandbox and container documents for the CRI, waiting reasons and events.
import type { CriMount, LinuxContainerConfig, LinuxPodSandboxConfig } from "../model/cri.ts";
import type { ContainerKind, Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

export interface KubeletInput {
  /** After defaulting. */
  readonly pod: Pod;
}
export interface Waiting {
  readonly reason: string;
  readonly message: string;
}
export interface KubeEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{name}`; absent for the pod. */
  readonly fieldPath?: string;
}
export interface KubeletContainer {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly config: {
    readonly linux: LinuxContainerConfig;
    readonly mounts: readonly CriMount[];
  } | null;
  readonly waiting: Waiting | null;
  /** What the world does not tell: `image.user`. */
  readonly unknown?: readonly string[];
}
export interface KubeletAnswer {
  readonly admission: {
    readonly admitted: boolean;
    readonly reason: string;
    readonly message: string;
  };
  readonly sandbox: { readonly linux: LinuxPodSandboxConfig } | null;
  readonly containers: readonly KubeletContainer[];
  readonly events: readonly KubeEvent[];
}

export function kubelet(
  _input: KubeletInput,
  _world: World,
  _options?: StageOptions,
): StageReport<KubeletAnswer> {
  throw new Error("not built");
}
