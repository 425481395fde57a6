// The recordings of volume ownership against secctx's prediction.

import { type ListedEntry, ownership } from "../../src/core/kubelet/ownership.ts";
import { fsUserFrom, isMounted, type ProjectedFile } from "../../src/core/kubelet/volumeTree.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { Pod } from "../../src/core/model/pod.ts";
import { DEFAULT_WORLD } from "../../src/core/model/world.ts";
import { volumePlugin } from "../../src/core/tables/volumePlugins.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";

interface Row {
  readonly name: string;
  readonly fsGroup: number | null;
  readonly fsGroupChangePolicy: string | null;
  readonly runAsUser: number | null;
  readonly containerUsers: readonly (number | null)[];
  readonly volume: JsonObject;
  readonly before: readonly ListedEntry[] | null;
  readonly after: readonly ListedEntry[];
  readonly started: boolean;
}
/** The pod of a row stands in cri.jsonl under the same name. */
interface PodRow {
  readonly name: string;
  readonly defaultedSpec: Pod["spec"];
}
interface Source {
  readonly defaultMode?: number;
  readonly medium?: string;
  readonly readOnly?: boolean;
  readonly items?: readonly { readonly path: string; readonly mode?: number }[];
  readonly sources?: readonly JsonObject[];
}

export const OWNERSHIP_SUITES: readonly GoldenSuite[] = [
  { system: "ownership", version: "1.37.2", cases },
];

function* cases(): Iterable<GoldenCase> {
  const pods = new Map<string, Pod>();
  for (const row of goldenRows<PodRow>("kubelet-1.37.2/cri.jsonl")) {
    pods.set(row.name, { spec: row.defaultedSpec });
  }
  for (const row of goldenRows<Row>("kubelet-1.37.2/fsgroup.jsonl")) {
    const pod = pods.get(row.name);
    yield { name: row.name, expected: byPath(row.after), predict: () => predict(row, pod) };
  }
}

/** A tree has no order of its own; the lab listed it as find does. */
function byPath(entries: readonly ListedEntry[]): Record<string, ListedEntry> {
  return Object.fromEntries(entries.map((entry) => [entry.path, entry]));
}

function predict(row: Row, pod: Pod | undefined): Record<string, ListedEntry> {
  const [plugin = "", source] = Object.entries(row.volume)[0] as [string, Source];
  // The claims of the lab are local volumes. A volume that is not mounted, or whose configMap is missing, is never made.
  const name = pod?.spec.volumes?.[0]?.name ?? "v";
  if (!row.started || (pod !== undefined && !isMounted(pod, name))) return {};
  const { defaultMode, medium, readOnly } = source;
  const above = row.before === null ? folderOf(plugin) : [];
  const { after } = ownership(
    {
      volume: {
        plugin: plugin === "persistentVolumeClaim" ? "local" : plugin,
        name: above[0] === undefined ? name : `${above[0].path}/${name}`,
        ...(defaultMode === undefined ? {} : { defaultMode }),
        ...(medium === undefined ? {} : { medium }),
        ...(readOnly === undefined ? {} : { readOnly }),
        files: filesOf(row, source),
      },
      fsGroup: row.fsGroup,
      fsGroupChangePolicy: row.fsGroupChangePolicy,
      runAsUser: (pod === undefined ? row.runAsUser : fsUserFrom(pod)) ?? null,
      before: row.before,
    },
    DEFAULT_WORLD,
  ).out;
  return byPath([...above, ...after]);
}

/** The plugin's folder above the volume, which the kubelet makes for every pod and the lab lists as well. */
function folderOf(plugin: string): ListedEntry[] {
  const folder = volumePlugin(plugin)?.folder;
  if (folder === undefined) return [];
  return [{ path: folder, type: "dir", mode: "drwxr-xr-x", octal: "0755", uid: 0, gid: 0 }];
}

/** The names of files are the keys of the lab's ConfigMaps and Secrets, which the recording shows only in its trees. */
function filesOf(row: Row, source: Source): ProjectedFile[] {
  const token = (source.sources ?? []).some((one) => "serviceAccountToken" in one);
  return row.after
    .filter(({ path, type }) => type === "file" && path.includes("/..ts/"))
    .map(({ path: full }) => {
      const path = full.slice(full.indexOf("/..ts/") + "/..ts/".length);
      const mode = source.items?.find((item) => item.path === path)?.mode;
      return { path, token, ...(mode === undefined ? {} : { mode }) };
    });
}
