// Which operating system the node runs: the kubelet is compiled for one, and answers as that one does.
import type { NodeOs, World } from "../model/world.ts";

/** linux unless the world says otherwise. */
export function nodeOs(world: Pick<World, "node">): NodeOs {
  return world.node.os ?? "linux";
}
