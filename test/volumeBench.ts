// What the tests of volumes share: a folder of their own, and pods with one volume.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../src/core/model/json.ts";
import type { Pod } from "../src/core/model/pod.ts";
import { removeTree } from "../src/node/removeTree.ts";
import {
  fillVolumes,
  type PreparedVolume,
  prepareVolumes,
  type VolumesAnswer,
  type VolumesInput,
} from "../src/volumes/volumes.ts";

export const ROOT = { skip: process.getuid?.() === 0 ? false : "needs root: owners are changed" };

export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
  try {
    return use(folder);
  } finally {
    removeTree(folder);
  }
}

export function podWith(volume: JsonObject, more: Partial<Pod["spec"]> = {}): Pod {
  return {
    metadata: {
      name: "p",
      namespace: "lab",
      uid: "1-2",
      labels: { b: 'say "hi"', a: "1" },
      annotations: { note: "line\nline" },
    },
    spec: {
      containers: [{ name: "c", volumeMounts: [{ name: "v", mountPath: "/v" }] }],
      volumes: [{ name: "v", ...volume }],
      ...more,
    },
  };
}

export function prepare(
  directory: string,
  volume: JsonObject,
  more: Partial<VolumesInput> = {},
): VolumesAnswer {
  return filled(prepareVolumes({ pod: podWith(volume), directory, objects: [], ...more }));
}

/** With the files of those in memory too, on the disk since nobody has mounted them. */
export function filled(answer: VolumesAnswer): VolumesAnswer {
  if (answer.failure !== undefined) return answer;
  const failure = fillVolumes(answer.volumes, "");
  return failure === undefined ? answer : { ...answer, failure };
}

export function only(answer: VolumesAnswer): PreparedVolume {
  assert.equal(answer.failure, undefined);
  const [volume] = answer.volumes;
  assert.ok(volume !== undefined);
  return volume;
}
