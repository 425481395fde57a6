// The sandbox that dockershim asks Docker Engine for, and what dockerd makes of it.
import { dockershim } from "../core/dockershim/dockershim.ts";
import type { ContainerWalk } from "../core/journey/runtime.ts";
import type { Journey } from "../core/journey.ts";
import type { OciSpec } from "../core/model/oci.ts";
import { startWithDocker } from "../core/stages/docker.ts";
import type { DockerRequest } from "../engines/engine.ts";

/** The image of a sandbox container: a user of its own, and no files. */
const PAUSE = { user: "65535:65535" };

export interface DockerSandbox {
  readonly request: DockerRequest;
  /** undefined where dockerd refuses it. */
  readonly spec: OciSpec | undefined;
}

/** undefined where the runtime's rules are not Docker's, or dockershim itself refuses the sandbox. */
export function dockerSandbox({ kubelet, world }: Journey): DockerSandbox | undefined {
  const sandbox = kubelet?.out.sandbox?.linux;
  if (sandbox === undefined || world.runtime.name === "containerd") return undefined;
  const { sandbox: made } = dockershim({ sandbox, container: {}, image: {} }, world).out;
  if (made === undefined) return undefined;
  const request = withoutNetwork(made);
  const { spec } = startWithDocker({ ...request, image: PAUSE }, world).out;
  return { request, spec };
}

/**
 * A pod here has no network but its loopback; with a network plugin of the CNI the kubelet asks for this too.
 * @see kubernetes v1.23.17 pkg/kubelet/dockershim/security_context.go modifyHostOptionsForSandbox
 */
function withoutNetwork({ config, hostConfig }: DockerRequest): DockerRequest {
  const { NetworkMode } = hostConfig;
  if (NetworkMode !== "default") return { config, hostConfig };
  return { config, hostConfig: { ...hostConfig, NetworkMode: "none" } };
}

/** The containers of a journey, each with its sandbox's OCI spec where Docker's rules made one. */
export function walksInSandbox(
  walks: readonly ContainerWalk[],
  sandbox: DockerSandbox | undefined,
): readonly ContainerWalk[] {
  const { spec } = sandbox ?? {};
  return spec === undefined ? walks : walks.map((walk) => ({ ...walk, sandboxSpec: spec }));
}
