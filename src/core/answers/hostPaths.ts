// What of the node's files a pod reaches by its hostPath volumes, and how: to read, to write, or by a socket.
import type { FieldPath } from "../model/finding.ts";
import { containersOf, type Pod, type Volume } from "../model/pod.ts";
import { cleanPath } from "../rules/paths.ts";

/** The ways, the greater privilege the later. Whoever reads a socket's file may talk to what listens there. */
const WAYS = ["mounted nowhere", "ro", "rw"] as const;
type Way = (typeof WAYS)[number] | "socket";

/** `/var/log ro`, each once, sorted. */
export function hostPathsOf(pod: Pod): string[] {
  const paths = (pod.spec.volumes ?? []).flatMap((volume) => {
    const source = volume["hostPath"] as HostPath | null | undefined;
    if (typeof source?.path !== "string") return [];
    return [`${source.path} ${wayOf(pod, volume, source)}`];
  });
  return [...new Set(paths)].sort();
}

export interface HostPathVolume {
  readonly name: string;
  /** Of its path, from the pod. */
  readonly at: FieldPath;
  /** What containers see of the node, clean: a subPath is a part of it; all of it where nobody mounts it yet. */
  readonly reached: readonly string[];
  readonly isReadOnly: boolean;
}

/** The volumes that are paths of the node. */
export function hostPathVolumes(pod: Pod): HostPathVolume[] {
  const all = containersOf(pod.spec).flatMap(({ container }) => container.volumeMounts ?? []);
  return (pod.spec.volumes ?? []).flatMap((volume, index) => {
    const source = volume["hostPath"] as HostPath | null | undefined;
    if (typeof source?.path !== "string") return [];
    const { path } = source;
    const mounts = all.filter(({ name }) => name === volume.name);
    const reached = mounts.map(({ subPath }) => cleanPath(subPath ? `${path}/${subPath}` : path));
    return [
      {
        name: volume.name,
        at: ["spec", "volumes", index, "hostPath", "path"],
        reached: mounts.length === 0 ? [cleanPath(path)] : [...new Set(reached)],
        isReadOnly: mounts.length > 0 && mounts.every(({ readOnly }) => readOnly === true),
      },
    ];
  });
}

interface HostPath {
  readonly path?: unknown;
  readonly type?: unknown;
}

function wayOf(pod: Pod, { name }: Volume, { path, type }: HostPath): Way {
  const mounts = containersOf(pod.spec).flatMap(({ container }) =>
    (container.volumeMounts ?? []).filter((mount) => mount.name === name),
  );
  if (mounts.length === 0) return "mounted nowhere";
  if (type === "Socket" || String(path).endsWith(".sock")) return "socket";
  return mounts.some(({ readOnly }) => readOnly !== true) ? "rw" : "ro";
}

/** It and every lesser way to the same path: who may write may read. */
export function waysWithin(hostPath: string): readonly string[] {
  const way = WAYS.find((one) => hostPath.endsWith(` ${one}`)) ?? "socket";
  const path = hostPath.slice(0, -way.length);
  const lesser = way === "socket" ? WAYS : WAYS.slice(0, WAYS.indexOf(way));
  return [hostPath, ...lesser.map((one) => `${path}${one}`)];
}
