// Whether the kubelet has the image that a container needs: what is not there is pulled, unless the policy forbids it.
import type { Container } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import type { Waiting } from "./kubelet.ts";

/**
 * An image that the world does not speak of is taken to be there, or to be pulled without fail.
 * @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go EnsureImageExists
 */
export function ensureImageExists(container: Container, world: World): Waiting | undefined {
  const image = container.image ?? "";
  if (world.images[image]?.present !== false || container.imagePullPolicy !== "Never") {
    return undefined;
  }
  const message = `Container image ${goQuote(image)} is not present with pull policy of Never`;
  return { reason: "ErrImageNeverPull", message };
}
