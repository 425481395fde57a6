// Every volume that a real kubelet set up in the recordings is set up here on a real disk, and the trees are compared.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  type Stats,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { goldenRows } from "../../test/golden.ts";
import { filled } from "../../test/volumeBench.ts";
import type { Int64, JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { removeTree } from "../node/removeTree.ts";
import { prepareVolumes } from "./volumes.ts";

interface Listed {
  readonly path: string;
  readonly type: string;
  readonly octal: string;
  readonly uid: number;
  readonly gid: number;
}
interface Recorded {
  readonly name: string;
  readonly fsGroup: Int64 | null;
  readonly fsGroupChangePolicy: string | null;
  readonly runAsUser: Int64 | null;
  readonly containerUsers: readonly (Int64 | null)[];
  readonly volume: JsonObject;
  readonly before: readonly Listed[] | null;
  readonly after: readonly Listed[];
  readonly started: boolean;
}

const OBJECTS: readonly JsonObject[] = [
  { kind: "ConfigMap", metadata: { name: "cm", namespace: "lab" }, data: { a: "1", b: "2" } },
  { kind: "Secret", metadata: { name: "sec", namespace: "lab" }, data: { k: "dg==" } },
];

function podOf(row: Recorded, name: string): Pod {
  const { fsGroup, fsGroupChangePolicy, runAsUser } = row;
  const mounted = row.name !== "vol-unmounted";
  return {
    metadata: { name: "p", namespace: "lab", uid: "u" },
    spec: {
      securityContext: {
        ...(fsGroup === null ? {} : { fsGroup }),
        ...(fsGroupChangePolicy === null ? {} : { fsGroupChangePolicy }),
        ...(runAsUser === null ? {} : { runAsUser }),
      },
      containers: row.containerUsers.map((user, index) => ({
        name: `c${index}`,
        ...(user === null ? {} : { securityContext: { runAsUser: user } }),
        ...(mounted ? { volumeMounts: [{ name, mountPath: "/v" }] } : {}),
      })),
      volumes: [{ name, ...row.volume }],
    },
  };
}

/** Lays a recorded tree on disk; children first get what their parents may forbid to root never. */
function lay(folder: string, listed: readonly Listed[]): void {
  for (const { path, type, octal, uid, gid } of listed) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    if (type === "symlink") {
      symlinkSync("/etc/passwd", place);
      lchownSync(place, uid, gid);
      continue;
    }
    if (type === "dir") mkdirSync(place, { recursive: true });
    else if (type === "fifo") execFileSync("mkfifo", [place]);
    else writeFileSync(place, "");
    chownSync(place, uid, gid);
    chmodSync(place, Number.parseInt(octal, 8));
  }
}

function list(folder: string, path: string): Listed[] {
  const stat = lstatSync(join(folder, path));
  const type = typeOf(stat);
  const octal = (stat.mode & 0o7777).toString(8).padStart(4, "0");
  const own = {
    path: path.replace(/\/\.\.\d{4}_[\d_.]+/, "/..ts"),
    type,
    octal,
    uid: stat.uid,
    gid: stat.gid,
  };
  if (type !== "dir") return [own];
  return [
    own,
    ...readdirSync(join(folder, path)).flatMap((name) => list(folder, `${path}/${name}`)),
  ];
}

function typeOf(stat: Stats): string {
  if (stat.isDirectory()) return "dir";
  if (stat.isSymbolicLink()) return "symlink";
  return stat.isFIFO() ? "fifo" : "file";
}

function plain(listed: readonly Listed[]): string[] {
  return listed
    .map(({ path, type, octal, uid, gid }) => [path, type, octal, uid, gid].join(" "))
    .sort();
}

const skip = process.getuid?.() === 0 ? false : "needs root: owners are changed";

for (const row of goldenRows<Recorded>("kubelet-1.37.2/fsgroup.jsonl")) {
  // A hostPath is the host's own: nothing of it is in the recordings.
  if ("hostPath" in row.volume) continue;
  test(`recorded: ${row.name}`, { skip }, (t) => {
    const directory = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
    t.after(() => removeTree(directory));
    const volumes = join(directory, "volumes");
    const local = row.after.find(({ path }) => path.startsWith("local/"))?.path;
    const root = local ?? row.after.find(({ path }) => path.split("/").length === 2)?.path;
    const name = local === undefined ? (root?.split("/")[1] ?? "v") : "v";
    lay(local === undefined ? volumes : directory, row.before ?? []);
    const claim = (row.volume["persistentVolumeClaim"] as JsonObject | undefined)?.["claimName"];
    const answer = filled(
      prepareVolumes({
        pod: podOf(row, name),
        directory,
        objects: OBJECTS,
        claims:
          claim === undefined || local === undefined
            ? {}
            : { [String(claim)]: join(directory, local.split("/").slice(0, 2).join("/")) },
      }),
    );
    if (local !== undefined) {
      const folder = local.split("/").slice(0, 2).join("/");
      assert.equal(answer.failure, undefined);
      assert.deepEqual(plain(list(directory, folder)), plain(row.after));
      return;
    }
    if (!row.started)
      assert.match(answer.failure?.message ?? "", /^MountVolume.SetUp failed for volume/);
    const [volume] = answer.volumes;
    if (volume === undefined) {
      assert.deepEqual(row.after, [], "the kubelet set something up");
      return;
    }
    const folder = row.after.find(({ path }) => path.split("/").length === 1)?.path ?? "";
    const found = list(volumes, folder).map((entry) => {
      if (entry.path !== root || volume.mount === undefined) return entry;
      const option = (key: string): string =>
        volume.mount?.options.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";
      return { ...entry, octal: option("mode").padStart(4, "0"), gid: Number(option("gid")) };
    });
    assert.deepEqual(plain(found), plain(row.after));
  });
}
