// A pod's sandbox started by dockerd, as dockershim asks for it, or why there is none.
// @see kubernetes v1.23.17 pkg/kubelet/dockershim/docker_sandbox.go RunPodSandbox
import type { DockerRequest } from "../dockershim/dockershim.ts";
import type { ImageFacts, World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import { startWithDocker } from "./docker.ts";

/** The pause image: a user of its own, and no files. */
const PAUSE: ImageFacts = { user: "65535:65535" };

/** dockershim's words; undefined when the sandbox runs. `pod`: its name. */
export function sandboxRefusal(
  { config, hostConfig }: DockerRequest,
  pod: string,
  world: World,
): string | undefined {
  const { step, error } = startWithDocker({ config, hostConfig, image: PAUSE }, world).out;
  if (error === undefined) return undefined;
  const failed =
    step === "create" ? "failed to create a sandbox" : "failed to start sandbox container";
  return `${failed} for pod ${goQuote(pod)}: Error response from daemon: ${error}`;
}
