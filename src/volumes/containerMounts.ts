// The volumes in one container: which path of the host stands behind each mount.
//
// @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeMounts
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Container, VolumeMount } from "../core/model/pod.ts";
import { expand } from "../core/rules/expansion.ts";
import { goQuote, sortedSet } from "../core/rules/goText.ts";
import { VolumeError } from "./failure.ts";
import { makeMissingDirectory } from "./hostPath.ts";
import { type Identity, SubPathError, safeMakeDirectory, safeResolve } from "./subPath.ts";
import type { PreparedVolume } from "./volume.ts";

/** One mount of a container, ready for the OCI spec. */
export interface PreparedMount {
  readonly volume: PreparedVolume;
  readonly mount: VolumeMount;
  /** What to bind: `volume.path`, or the subPath in it. */
  readonly source: string;
  readonly readOnly: boolean;
  /** What was found at a subPath, through no symlink: compare after mounting where a container could have swapped it. */
  readonly identity?: Identity;
  /** A subPath of a tmpfs that this process does not see: create this directory (absolute path) after mounting, with this mode. */
  readonly create?: { readonly path: string; readonly mode: number };
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
 */
export function containerMounts(
  container: Container,
  volumes: readonly PreparedVolume[],
  environment: Readonly<Record<string, string>>,
): ContainerMounts {
  const mounts: PreparedMount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    try {
      mounts.push(prepare(container, mount, volumes, environment));
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error;
      return { mounts, failure: { reason: "CreateContainerConfigError", message: error.message } };
    }
  }
  return { mounts };
}

function prepare(
  container: Container,
  mount: VolumeMount,
  volumes: readonly PreparedVolume[],
  environment: Readonly<Record<string, string>>,
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
  if (volume.mount !== undefined) {
    const path = join(volume.path, subPath);
    return { ...prepared, source: path, create: { path, mode: modeOption(volume.mount.options) } };
  }
  const where = `volumeMount ${goQuote(mount.name)} of container ${goQuote(container.name)}`;
  // What the host has there is not told to the pod's author.
  concealed(`failed to create subPath directory for ${where}`, () => {
    if (!isMissing(join(volume.path, subPath))) return;
    try {
      safeMakeDirectory(volume.path, subPath);
    } catch (error) {
      // A dangling symlink, say: the next step words it.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  });
  const { path, identity } = concealed(`failed to prepare subPath for ${where}`, () =>
    safeResolve(volume.path, subPath),
  );
  return { ...prepared, source: path, identity };
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

function modeOption(options: readonly string[]): number {
  const mode = options.find((option) => option.startsWith("mode="))?.slice("mode=".length);
  return Number.parseInt(mode ?? "777", 8);
}
