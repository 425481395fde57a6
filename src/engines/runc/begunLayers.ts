// Where a container lies, and the root file systems of those that will probably start: mounted while their documents are made.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ExpectedContainer } from "../engine.ts";
import type { PodPlace } from "../podPlace.ts";
import type { Holder } from "./holder.ts";
import { type LayerOptions, mountLayer } from "./layer.ts";

export interface ContainerPlace {
  readonly bundle: string;
  /** To be seen in the sandbox's mount table only. */
  readonly rootfs: string;
  /** On a disk: what it writes. */
  readonly layer: string;
}

type Place = Pick<PodPlace, "state" | "data">;

export function containerId(name: string, attempt: number): string {
  return `${name}-${attempt}`;
}

export function containerPlace({ state, data }: Place, id: string): ContainerPlace {
  const bundle = join(state, "containers", id);
  return { bundle, rootfs: join(bundle, "rootfs"), layer: join(data, "containers", id) };
}

/** Makes the bundle's folder too. */
export async function mountContainer(
  holder: Holder,
  { bundle, rootfs, layer }: ContainerPlace,
  options: Omit<LayerOptions, "rootfs">,
): Promise<void> {
  mkdirSync(bundle, { recursive: true, mode: 0o711 });
  await mountLayer(holder, layer, { ...options, rootfs });
}

/** By container id. */
export type BegunLayers = Map<string, { readonly lower: string; readonly mounted: Promise<void> }>;

export function beginLayers(
  layers: BegunLayers,
  containers: readonly ExpectedContainer[],
  holder: Holder,
  options: Place & Pick<LayerOptions, "inUserNamespace">,
): void {
  for (const { name, rootfs: lower } of containers) {
    const id = containerId(name, 0);
    const { inUserNamespace } = options;
    const layer = { lower, user: undefined, inUserNamespace };
    const mounted = mountContainer(holder, containerPlace(options, id), layer);
    // Whoever starts the container awaits it; one that is never started must not end the process.
    mounted.catch(() => {});
    layers.set(id, { lower, mounted });
  }
}
