// dockershim of the kubelet 1.23: CRI documents → Docker's create requests, or its refusal.
import type { LinuxContainerSecurityContext, LinuxPodSandboxConfig } from "../model/cri.ts";
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";

export interface DockershimInput {
  readonly sandbox: LinuxPodSandboxConfig;
  readonly container: LinuxContainerSecurityContext;
  readonly image: ImageFacts;
}
export interface DockershimAnswer {
  readonly step: "ok" | "sandbox" | "create";
  readonly config?: DockerConfig;
  readonly hostConfig?: HostConfig;
  readonly sandbox?: { readonly config: DockerConfig; readonly hostConfig: HostConfig };
  readonly error?: string;
}

export function dockershim(
  _input: DockershimInput,
  _world: World,
  _options?: StageOptions,
): StageReport<DockershimAnswer> {
  throw new Error("not built");
}
