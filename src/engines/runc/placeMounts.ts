// The sources of a container's volumes in the sandbox's mount table: shared with the host where it asks so, subpaths held.
import { join } from "node:path";
import { goQuote } from "../../core/rules/goText.ts";
import type { ContainerRequest } from "../engine.ts";
import { type HeldMounts, holdSubPaths } from "../subPaths.ts";
import { type Holder, quote } from "./holder.ts";
import type { HostPeers } from "./hostPeers.ts";

export interface MountPlace {
  readonly holder: Holder;
  readonly peers: HostPeers;
  /** Of the container. */
  readonly bundle: string;
}

/** @throws EngineError when this machine cannot do it */
export async function placeMounts(
  { name, mounts }: ContainerRequest,
  { holder, peers, bundle }: MountPlace,
): Promise<HeldMounts> {
  const unshared = await peers.share(mounts);
  if (unshared !== undefined) {
    // @see containerd v2.1.9 internal/cri/server/container_create.go buildContainerSpec
    const message = `failed to generate container ${goQuote(name)} spec: failed to generate spec: ${unshared}`;
    return { mounts, refusal: { step: "create", message } };
  }
  return holdSubPaths(mounts, {
    folder: join(bundle, "subpaths"),
    async bind(file, place) {
      await holder.run(`mount --no-canonicalize --bind ${[file, place].map(quote).join(" ")}`);
    },
  });
}
