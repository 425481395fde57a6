// The volumes in one container: which path of the host stands behind each mount.
//
// @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeMounts
import { closeSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Container, VolumeMount } from "../core/model/pod.ts";
import { expand } from "../core/rules/expansion.ts";
import { goQuote, sortedSet } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";
import { makeMissingDirectory } from "./hostPath.ts";
import { type Inside, SubPathError, safeMakeDirectory, safeOpen } from "./subPath.ts";
import type { PreparedVolume } from "./volume.ts";

/** One mount of a container, ready for the OCI spec. */
export interface PreparedMount {
  readonly volume: PreparedVolume;
  readonly mount: VolumeMount;
  /** What to bind: `volume.path`, or the subPath in it. */
  readonly source: string;
  readonly readOnly: boolean;
  /**
   * With a subPath: makes it where it is missing and opens it, through no symlink out of the volume. Whoever mounts binds
   * the descriptor and closes it, since a container could swap what stands at the path.
   * @throws VolumeError
   */
  readonly open?: () => number;
  /** With a subPath: what the kubelet says where it cannot be mounted. */
  readonly notPrepared?: string;
}
/** Reason and message of the waiting container; its event is Warning `Failed`, `Error: ${message}`. */
export interface MountFailure {
  readonly reason: "CreateContainerConfigError";
  readonly message: string;
}
export interface ContainerMounts {
  readonly mounts: readonly PreparedMount[];
  readonly failure?: MountFailure;
}

/**
 * The mounts of one container in its order: finds each volume, expands subPathExpr with the container's environment,
 * resolves subPath without following a symlink out of the volume, creates what is missing.
 * @param root path by which this process reaches `/` of the mount table where the volumes are; "" for its own
 */
export function containerMounts(
  container: Container,
  volumes: readonly PreparedVolume[],
  environment: Readonly<Record<string, string>>,
  root = "",
): ContainerMounts {
  const mounts: PreparedMount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    try {
      mounts.push(prepare(container, mount, volumes, { environment, root }));
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return { mounts, failure: { reason: "CreateContainerConfigError", message: error.message } };
    }
  }
  return { mounts };
}

interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  readonly root: string;
}

function prepare(
  container: Container,
  mount: VolumeMount,
  volumes: readonly PreparedVolume[],
  { environment, root }: Surroundings,
): PreparedMount {
  const volume = volumes.find(({ name }) => name === mount.name);
  if (volume === undefined) {
    throw new VolumeError(
      `cannot find volume ${goQuote(mount.name)} to mount into container ${goQuote(container.name)}`,
    );
  }
  const subPath = subPathOf(mount, environment);
  const readOnly = mount.readOnly === true || volume.readOnly;
  const prepared = { volume, mount, readOnly };
  if (subPath === "") {
    if (volume.plugin === "hostPath") makeMissingDirectory(volume.path);
    return { ...prepared, source: volume.path };
  }
  const where = `volumeMount ${goQuote(mount.name)} of container ${goQuote(container.name)}`;
  const notPrepared = `failed to prepare subPath for ${where}`;
  const open = (): number => openSubPath(volume.path, subPath, { where, notPrepared, root });
  closeSync(open());
  return { ...prepared, source: join(volume.path, subPath), open, notPrepared };
}

/** What the host has there is not told to the pod's author. @throws VolumeError */
function openSubPath(
  folder: string,
  subPath: string,
  {
    where,
    notPrepared,
    root,
  }: { readonly where: string; readonly notPrepared: string; readonly root: string },
): number {
  const inside = (): Inside => {
    const path = realpathSync(folder);
    return { path, seen: root + path };
  };
  concealed(`failed to create subPath directory for ${where}`, () => {
    if (isMissing(join(root + folder, subPath))) safeMakeDirectory(inside(), subPath);
  });
  return concealed(notPrepared, () => safeOpen(inside(), subPath));
}

/** @see kubernetes v1.37.2 pkg/kubelet/container/helpers.go ExpandContainerVolumeMounts */
function subPathOf(mount: VolumeMount, environment: Readonly<Record<string, string>>): string {
  let subPath = mount.subPath ?? "";
  if (mount.subPathExpr !== undefined && mount.subPathExpr !== "") {
    const missing: string[] = [];
    subPath = expand(mount.subPathExpr, (name) => {
      const value = Object.hasOwn(environment, name) ? (environment[name] ?? "") : "";
      if (value === "") missing.push(name);
      return value;
    });
    if (missing.length > 0) {
      throw new VolumeError(`missing value for ${sortedSet(missing).join(", ")}`);
    }
  }
  if (subPath.startsWith("/")) {
    throw new VolumeError(`error SubPath \`${subPath}\` must not be an absolute path`);
  }
  if (subPath.split("/").includes("..")) {
    throw new VolumeError(`unable to provision SubPath \`${subPath}\`: must not contain '..'`);
  }
  return subPath;
}

/** Surely not there; a path that cannot be told is left to the next step. */
function isMissing(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

function concealed<T>(message: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const isSystem = (error as NodeJS.ErrnoException).code !== undefined;
    if (error instanceof SubPathError || isSystem) throw new VolumeError(message);
    throw error;
  }
}
