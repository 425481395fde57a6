// The stage `ownership`: a volume's tree before and after the kubelet gave it to the pod's fsGroup.
import type { Int64 } from "../model/json.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { toLsMode, toOctal } from "../rules/fileMode.ts";
import { volumePlugin } from "../tables/volumePlugins.ts";
import { ownedEntry, ownershipOf, skipsOwnership, type VolumeFacts } from "./changePermissions.ts";
import { rootMode, type TreeEntry, volumeTree, type WrittenVolume } from "./volumeTree.ts";

export interface ListedEntry {
  readonly path: string;
  readonly type: "file" | "dir" | "symlink" | string;
  /** As ls writes it: `drwxrwsrwx`. */
  readonly mode: string;
  /** `2777`. */
  readonly octal: string;
  readonly uid: number;
  readonly gid: number;
}

export interface OwnershipInput {
  readonly volume: VolumeFacts & WrittenVolume & { readonly name?: string };
  readonly fsGroup?: Int64 | null;
  readonly fsGroupChangePolicy?: string | null;
  /** What all containers run as; it owns service account tokens. */
  readonly runAsUser?: Int64 | null;
  /**
   * The volume's tree, its root among the entries; folders of the kubelet above it may stand there too.
   * null or empty: a volume that the kubelet writes itself, out of `volume.files`.
   */
  readonly before?: readonly ListedEntry[] | null;
}
export interface OwnershipAnswer {
  readonly after: readonly ListedEntry[];
}

/** @see kubernetes v1.37.2 pkg/volume/volume_linux.go ChangePermissions */
export function ownership(
  input: OwnershipInput,
  world: World,
  _options?: StageOptions,
): StageReport<OwnershipAnswer> {
  const listed = input.before ?? [];
  const tree = listed.length === 0 ? written(input, world) : found(listed, input, world);
  const after = change(tree.entries, input).map((entry) => listedAs(entry, tree.root));
  return {
    stage: "kubelet",
    out: { after: [...tree.above, ...after] },
    trace: [],
    gates: [],
    findings: [],
  };
}

interface Tree {
  /** The kubelet's own folders: not part of the volume. */
  readonly above: readonly ListedEntry[];
  /** Path of the volume's root in the listing. */
  readonly root: string;
  readonly entries: readonly LetteredEntry[];
}
/** `letter`: ls's first one, since types have more names than ls has letters. */
interface LetteredEntry extends TreeEntry {
  readonly letter: string;
}
const LETTERS: Readonly<Record<string, string>> = { dir: "d", symlink: "l" };

function written(input: OwnershipInput, world: World): Tree {
  const { name = "", plugin } = input.volume;
  const source = volumePlugin(plugin)?.source;
  const fills = ["emptyDir", "configMap", "secret", "projected", "downwardAPI"];
  if (source === undefined || !fills.includes(source)) return { above: [], root: "", entries: [] };
  const owner = { fsGroup: input.fsGroup ?? undefined, fsUser: input.runAsUser ?? undefined };
  const entries = volumeTree(asWorldHas(input.volume, world), owner);
  const root = name === "" ? "." : name;
  return {
    above: [],
    root,
    entries: entries.map((entry) => ({ ...entry, letter: LETTERS[entry.type] ?? "-" })),
  };
}

/** Without its gate the API drops emptyDir's mode. */
function asWorldHas(volume: OwnershipInput["volume"], world: World): WrittenVolume {
  if (volume.mode === undefined || gateEnabled(world, "EmptyDirVolumeMode")) return volume;
  const { mode: _, ...rest } = volume;
  return rest;
}

function found(listed: readonly ListedEntry[], input: OwnershipInput, world: World): Tree {
  const root = rootOf(listed);
  const entries: LetteredEntry[] = [];
  for (const { path, type, mode, octal, uid, gid } of listed) {
    const inside = relativeTo(root, path);
    if (inside === undefined) continue;
    const bits = Number.parseInt(octal, 8);
    entries.push({ path: inside, type, letter: mode.slice(0, 1), mode: bits, uid, gid });
  }
  const above = listed.filter(
    ({ path }) => relativeTo(root, path) === undefined && PLUGIN_FOLDER.test(path),
  );
  return { above, root, entries: setUp(entries, asWorldHas(input.volume, world)) };
}

const PLUGIN_FOLDER = /^[^/~]+~[^/]+$/;
const IN_PLUGIN_FOLDER = /^[^/~]+~[^/]+\/[^/]+$/;

/** The volume's own folder: `kubernetes.io~empty-dir/data` where such stands there, else the shortest path. */
function rootOf(listed: readonly ListedEntry[]): string {
  const folder = listed.find(({ path }) => IN_PLUGIN_FOLDER.test(path));
  if (folder !== undefined) return folder.path;
  let shortest = listed[0]?.path ?? "";
  for (const { path } of listed) {
    if (path === "." || path === "" || path === "/") return path;
    if (path.length < shortest.length) shortest = path;
  }
  return shortest;
}

/** "" for the root itself; undefined for what lies outside. */
function relativeTo(root: string, path: string): string | undefined {
  if (path === root) return "";
  if (root === "." || root === "") return path.replace(/^\.\//, "");
  const prefix = root.endsWith("/") ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/**
 * An emptyDir found on disk gets its mode back before anything else.
 * @see kubernetes v1.37.2 pkg/volume/emptydir/empty_dir.go setupDir
 */
function setUp(entries: readonly LetteredEntry[], volume: WrittenVolume): readonly LetteredEntry[] {
  if (volumePlugin(volume.plugin)?.source !== "emptyDir") return entries;
  const mode = rootMode(volume);
  return entries.map((entry) => {
    if (entry.path !== "") return entry;
    const keeps = volume.mode === undefined && (entry.mode & 0o777) === 0o777;
    return keeps && volume.medium !== "Memory" ? entry : { ...entry, mode };
  });
}

function change(
  entries: readonly LetteredEntry[],
  input: OwnershipInput,
): readonly LetteredEntry[] {
  const rule = ownershipOf(input.volume);
  const { fsGroup } = input;
  if (rule === undefined || fsGroup === undefined || fsGroup === null) return entries;
  const wish = { fsGroup, readOnly: rule.readOnly };
  const policy = rule.honoursPolicy ? (input.fsGroupChangePolicy ?? undefined) : undefined;
  const root = entries.find(({ path }) => path === "");
  if (root !== undefined && skipsOwnership(root, policy, wish)) return entries;
  return entries.map((entry) => ({ ...entry, ...ownedEntry(entry, wish) }));
}

function listedAs(entry: LetteredEntry, root: string): ListedEntry {
  const { path, type, letter, mode, uid, gid } = entry;
  const below = root === "." || root === "" ? path : `${root.replace(/\/$/, "")}/${path}`;
  return {
    path: path === "" ? root : below,
    type,
    mode: toLsMode(letter, mode),
    octal: toOctal(mode),
    uid,
    gid,
  };
}
