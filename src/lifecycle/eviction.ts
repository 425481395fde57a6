// An emptyDir that has outgrown its sizeLimit: the kubelet's eviction manager ends the pod.
//
// @see kubernetes v1.37.2 pkg/kubelet/eviction/eviction_manager.go emptyDirLimitEviction, helpers.go emptyDirMessageFmt
import type { Pod } from "../core/model/pod.ts";
import { goQuote } from "../core/rules/goText.ts";
import { parseQuantity, wholeUnits } from "../core/rules/quantity.ts";
import { monotonicMs } from "../node/clock.ts";
import { diskUsage } from "../volumes/usage.ts";
import type { PreparedVolume } from "../volumes/volumes.ts";

/** The grace that an evicted pod gets, whatever it asks for. */
export const EVICTION_GRACE_S = 1;

/** The kubelet looks every ten seconds; a pod that runs here is watched by a person. */
const LOOK_MS = 1000;
/** Counting takes at most a tenth of the time. */
const REST = 10;

interface Limited {
  readonly name: string;
  readonly path: string;
  /** As the pod writes it. */
  readonly text: string;
  readonly limit: bigint;
}

/**
 * Looks at the disk volumes with a limit again and again; a tmpfs has its limit as its size.
 * @param evict told once, with the kubelet's message
 * @returns ends the looking
 */
export function watchSizeLimits(
  pod: Pod,
  volumes: readonly PreparedVolume[],
  evict: (message: string) => void,
): () => void {
  const limited = limitedVolumes(pod, volumes);
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  async function look(): Promise<void> {
    const begun = monotonicMs();
    for (const { name, path, text, limit } of limited) {
      if ((await diskUsage(path)) <= limit) continue;
      if (!ended) {
        evict(`Usage of EmptyDir volume ${goQuote(name)} exceeds the limit ${goQuote(text)}. `);
      }
      return;
    }
    if (!ended) wait(Math.max(LOOK_MS, REST * (monotonicMs() - begun)));
  }
  function wait(ms: number): void {
    timer = setTimeout(() => void look(), ms);
  }
  if (limited.length > 0) wait(LOOK_MS);
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

function limitedVolumes(pod: Pod, volumes: readonly PreparedVolume[]): Limited[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    const { sizeLimit } = (volume["emptyDir"] ?? {}) as { readonly sizeLimit?: unknown };
    const text = sizeLimit === undefined || sizeLimit === null ? "" : String(sizeLimit);
    const quantity = parseQuantity(text);
    const prepared = volumes.find(({ name }) => name === volume.name);
    if (quantity === undefined || prepared === undefined || prepared.mount !== undefined) return [];
    const limit = wholeUnits(quantity);
    return limit > 0n ? [{ name: volume.name, path: prepared.path, text, limit }] : [];
  });
}
