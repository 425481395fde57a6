// containerd's CRI plugin: CRI documents → OCI specs, in the order of buildLinuxSpec, or its refusal.
import type {
  CriMount,
  LinuxContainerSecurityContext,
  LinuxPodSandboxConfig,
} from "../model/cri.ts";
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";

export interface ContainerdInput {
  readonly sandbox: LinuxPodSandboxConfig;
  readonly container: LinuxContainerSecurityContext;
  readonly image: ImageFacts;
  /** ContainerConfig.mounts: they follow containerd's own. */
  readonly mounts?: readonly CriMount[];
}
export interface ContainerdAnswer {
  readonly step: "ok" | "sandbox" | "create" | "start";
  readonly sandboxSpec?: OciSpec;
  readonly spec?: OciSpec;
  readonly error?: string;
}

export function containerd(
  _input: ContainerdInput,
  _world: World,
  _options?: StageOptions,
): StageReport<ContainerdAnswer> {
  throw new Error("not built");
}
