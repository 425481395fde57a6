// Mounts of a container: the defaults, /dev/shm by the IPC mode, tmpfs, what the request mounts, and the network's files.
// @see moby v28.5.2 daemon/oci_linux.go withMounts; daemon/volumes_unix.go setupMounts; container/container_unix.go NetworkMounts, IpcMounts, TmpfsMounts
import type { OciMount } from "../model/oci.ts";
import { cleanPath } from "../rules/paths.ts";
import { relabelRefusal } from "../rules/relabel.ts";
import type { Facts } from "./facts.ts";
import { containerOf } from "./modes.ts";
import { DEFAULT_PROPAGATION, type MountPoint, NO_OPTIONS } from "./mountPoint.ts";
import { recursiveReadOnly } from "./recursiveReadOnly.ts";
import type { CreateRequest } from "./request.ts";
import { DAEMON_ROOT, type SpecDraft, type SpecOpt } from "./specDraft.ts";
import { mergeTmpfsOptions } from "./tmpfsOptions.ts";

const DEV_SHM = "/dev/shm";
const SHM_SIZE = 64 * 2 ** 20;
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hostname", "/etc/hosts"] as const;
const OWN_FOLDER = `${DAEMON_ROOT}/containers/<ID>`;

/** What dockerd does to the sources of mounts on the host before the container starts. */
export function setupMounts(
  points: readonly MountPoint[],
  mountLabel: string,
  { release }: Facts,
): string | undefined {
  for (const point of points) {
    const { type, source, writable } = point;
    if (type === "bind" && point.relabel && mountLabel !== "") {
      const refusal = relabelRefusal(source);
      if (refusal !== undefined)
        return `error setting label on mount source '${source}': ${refusal}`;
    }
    if (!release.recursiveReadOnly) continue;
    const conflict = "mount options conflict: ";
    if (writable && point.readOnlyNonRecursive) {
      return `${conflict}!ReadOnly && BindOptions.ReadOnlyNonRecursive`;
    }
    if (writable && point.readOnlyForceRecursive) {
      return `${conflict}!ReadOnly && BindOptions.ReadOnlyForceRecursive`;
    }
    if (point.readOnlyNonRecursive && point.readOnlyForceRecursive) {
      return `${conflict}ReadOnlyNonRecursive && BindOptions.ReadOnlyForceRecursive`;
    }
  }
  return undefined;
}

interface Mounting {
  readonly request: CreateRequest;
  readonly points: readonly MountPoint[];
  readonly writableCgroups: boolean | undefined;
  readonly facts: Facts;
}

export function withMounts({ request, points, writableCgroups, facts }: Mounting): SpecOpt {
  return (draft) => {
    const asked = byDepth(askedMounts(request, points, facts));
    const taken = new Set(asked.map(({ destination }) => destination));
    const mounts = draft.mounts.flatMap((mount) => defaultMount(mount, taken, request));
    for (const point of asked) {
      const made = point.type === "tmpfs" ? tmpfsMount(point, facts) : bindMount(point, facts);
      if (made.error !== undefined) return made.error;
      mounts.push(made.mount);
      propagate(draft, point);
    }
    const { privileged } = request;
    const isWritable = (mount: OciMount) =>
      (privileged && mount.destination === "/sys") ||
      ((writableCgroups ?? privileged) && mount.type === "cgroup");
    draft.mounts = mounts.map((mount) => (isWritable(mount) ? clearReadOnly(mount) : mount));
    if (privileged) {
      draft.linux.maskedPaths = [];
      draft.linux.readonlyPaths = [];
    }
    return undefined;
  };
}

/** In the order in which dockerd collects them. */
function askedMounts(
  request: CreateRequest,
  points: readonly MountPoint[],
  { release }: Facts,
): MountPoint[] {
  const tmpfs = Object.entries(request.tmpfs).map(([destination, data]) =>
    ownMount(destination, "tmpfs", { data, type: "tmpfs" }),
  );
  tmpfs.push(...points.filter(({ type }) => type === "tmpfs"));
  const inTmpfs = new Set(tmpfs.map(({ destination }) => destination));
  const files = byDepth(
    points.filter(({ destination }) => !inTmpfs.has(destination) && !isNetworkFile(destination)),
  );
  const network = NETWORK_FILES.map((destination) => networkFile(destination, request, points));
  const ipc = ipcMounts(request, [...tmpfs, ...points]);
  return release.ipcMountsFirst
    ? [...ipc, ...tmpfs, ...files, ...network]
    : [...files, ...network, ...ipc, ...tmpfs];
}

function isNetworkFile(destination: string): boolean {
  return (NETWORK_FILES as readonly string[]).includes(destination);
}

/** A mount over one of them takes its place, and its read-only with it. */
function networkFile(
  destination: string,
  { readonlyRootfs }: CreateRequest,
  points: readonly MountPoint[],
): MountPoint {
  const over = points.find((point) => point.destination === destination);
  const source = over?.source ?? `${OWN_FOLDER}/${destination.slice("/etc/".length)}`;
  return ownMount(destination, source, { writable: over?.writable ?? !readonlyRootfs });
}

/** /dev/shm that others can share comes from outside; a private one, or none, from the defaults. */
function ipcMounts({ ipcMode }: CreateRequest, taken: readonly MountPoint[]): MountPoint[] {
  if (ipcMode === "" || ipcMode === "private" || ipcMode === "none") return [];
  if (taken.some(({ destination }) => destination === DEV_SHM)) return [];
  const joined = containerOf(ipcMode);
  const folder = joined === undefined ? OWN_FOLDER : `${DAEMON_ROOT}/containers/<ID of ${joined}>`;
  return [ownMount(DEV_SHM, ipcMode === "host" ? DEV_SHM : `${folder}/mounts/shm`, {})];
}

function ownMount(destination: string, source: string, rest: Partial<MountPoint>): MountPoint {
  const propagation = DEFAULT_PROPAGATION;
  return { ...NO_OPTIONS, type: "bind", destination, source, writable: true, propagation, ...rest };
}

function byDepth(points: readonly MountPoint[]): MountPoint[] {
  const depth = ({ destination }: MountPoint) => cleanPath(destination).split("/").length;
  return [...points].sort((a, b) => depth(a) - depth(b));
}

function defaultMount(
  mount: OciMount,
  taken: ReadonlySet<string>,
  { ipcMode, shmSize }: CreateRequest,
): OciMount[] {
  const { destination, options = [] } = mount;
  if (taken.has(destination)) return [];
  if (taken.has("/dev") && destination.startsWith("/dev/")) return [];
  if (destination !== DEV_SHM) return [mount];
  const size = `size=${shmSize === 0 ? SHM_SIZE : shmSize}`;
  return ipcMode === "none" ? [] : [{ ...mount, options: [...options, size] }];
}

type Made = { readonly mount: OciMount; readonly error?: undefined } | { readonly error: string };

function tmpfsMount({ destination, data }: MountPoint, { release }: Facts): Made {
  const asked = data === "" ? [] : data.split(",");
  const all = ["noexec", "nosuid", "nodev", DEFAULT_PROPAGATION, ...asked];
  const merged = mergeTmpfsOptions(all, release.words.invalidTmpfsOption);
  if (merged.error !== undefined) return merged;
  return { mount: { destination, type: "tmpfs", source: "tmpfs", options: merged.options } };
}

function bindMount(point: MountPoint, facts: Facts): Made {
  const { destination, source, propagation } = point;
  const readOnly = point.writable ? { options: [] } : recursiveReadOnly(point, facts);
  if (readOnly.error !== undefined) return readOnly;
  const options = [
    point.nonRecursive ? "bind" : "rbind",
    ...readOnly.options,
    ...(propagation === "" ? [] : [propagation]),
  ];
  return { mount: { destination, type: "bind", source, options } };
}

/** The root has to let through what a mount below it shares. That the source is shared on the host is taken for granted. */
function propagate({ linux }: SpecDraft, { type, propagation }: MountPoint): void {
  if (type === "tmpfs") return;
  if (propagation === "shared" || propagation === "rshared") linux.rootfsPropagation = "shared";
  else if (propagation === "slave" || propagation === "rslave")
    linux.rootfsPropagation ||= "rslave";
}

function clearReadOnly(mount: OciMount): OciMount {
  return { ...mount, options: (mount.options ?? []).filter((option) => option !== "ro") };
}
