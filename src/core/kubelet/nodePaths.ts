// How paths read on the node's system: what counts as absolute, where the hosts file lies, how mounts propagate.
import type { Pod } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { RuntimeName, World } from "../model/world.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import { hasHostProcessContainer } from "./windowsHostProcess.ts";

/** `index`: which of the container's volumeMounts; `name`: the volume's. */
export interface MountPlace {
  readonly podFolder: string;
  readonly container: string;
  readonly name: string;
  readonly index: number;
}
export interface NodePaths {
  /** The container's hosts file, which the kubelet writes itself. */
  readonly hostsFile: string;
  /** Can mounts be anything but private? */
  readonly propagates: boolean;
  /** Is a subPath that begins so an absolute one? */
  readonly isAbsolute: (path: string) => boolean;
  readonly parts: (path: string) => readonly string[];
  /** Of a volumeMount's mountPath. */
  readonly containerPath: (path: string, world: World) => string;
  /** Of terminationMessagePath. */
  readonly logPath: (path: string) => string;
  /** A path on the node as the runtime gets it. */
  readonly hostPath: (path: string) => string;
  /** Where a mount with a subPath lies; undefined where it is not told. */
  readonly subPath: (
    place: MountPlace,
    folder: string | undefined,
    subPath: string,
  ) => string | undefined;
  /** Below a folder of the node. */
  readonly join: (folder: string, ...names: readonly string[]) => string;
}

export function nodePaths(world: World): NodePaths {
  return nodeOs(world) === "windows" ? WINDOWS : LINUX;
}

const LINUX: NodePaths = {
  hostsFile: "/etc/hosts",
  propagates: true,
  isAbsolute: (path) => path.startsWith("/"),
  parts: (path) => path.split("/"),
  containerPath: absolute,
  logPath: absolute,
  hostPath: (path) => path,
  subPath({ podFolder, name, container, index }) {
    return `${podFolder}/volume-subpaths/${name}/${container}/${index}`;
  },
  /** Asked for every mount of every pod: a list would cost more than the text. */
  join(folder, ...names) {
    let path = folder;
    for (const name of names) path += `/${name}`;
    return path;
  },
};

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

const WINDOWS: NodePaths = {
  hostsFile: "C:\\Windows\\System32\\drivers\\etc\\hosts",
  propagates: false,
  isAbsolute: (path) => isRooted(path) || hasDrive(path),
  parts: (path) => path.split(/[\\/]/),
  containerPath(path, world) {
    const stays = at(SLASH_IS_ABSOLUTE, world.kubernetes) === true && isRooted(path);
    return stays || hasDrive(path) || path.startsWith("\\\\") ? path : makeAbsolutePath(path);
  },
  logPath: makeAbsolutePath,
  hostPath: (path) => (isWindowsLocalPath(path) ? makeAbsolutePath(path) : path),
  /** No bind mount stands between; an expression is expanded from the environment, which is not known here. */
  subPath(_place, folder, subPath) {
    return folder === undefined || subPath === "" ? undefined : joinOnWindows(folder, subPath);
  },
  join: joinOnWindows,
};

function joinOnWindows(folder: string, ...names: readonly string[]): string {
  return [folder, ...names].join("\\").replaceAll("/", "\\");
}

/** Does `/data` need no drive? 1.23 gives it one, 1.37 does not; which release began is not recorded. */
const SLASH_IS_ABSOLUTE: Versioned<boolean> = [{ since: "v1.24", value: true }];

function isRooted(path: string): boolean {
  return path.startsWith("/") || path.startsWith("\\");
}

/** Go's filepath.IsAbs on Windows, but for network shares. */
function hasDrive(path: string): boolean {
  return /^[a-zA-Z]:[\\/]/.test(path);
}

/** @see kubernetes v1.37.2 pkg/volume/util/util.go IsWindowsLocalPath */
function isWindowsLocalPath(path: string): boolean {
  return isRooted(path) && !path.startsWith("\\\\") && !path.includes(":");
}

/** @see kubernetes v1.37.2 pkg/volume/util/util.go MakeAbsolutePath */
function makeAbsolutePath(path: string): string {
  if (path.includes(":")) return path;
  return isRooted(path) ? `c:${path}` : `c:\\${path}`;
}

/** Runtimes of a Windows node that can mount folders only. */
const FOLDERS_ONLY: Versioned<readonly RuntimeName[]> = [
  { since: "v1.0", value: ["docker", "dockershim"] },
  { since: "v1.24", value: [] },
];

/** @see kubernetes v1.23.17 pkg/kubelet/kuberuntime/kuberuntime_manager.go SupportsSingleFileMapping */
export function canMapFiles(world: World): boolean {
  if (nodeOs(world) === "linux") return true;
  return at(FOLDERS_ONLY, world.kubernetes)?.includes(world.runtime.name) !== true;
}

/** The pod's address is taken to be known. @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go shouldMountHostsFile */
export function shouldMountHostsFile(pod: Pod, world: World): boolean {
  return nodeOs(world) === "linux" || !hasHostProcessContainer(pod, world);
}
