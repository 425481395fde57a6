import assert from "node:assert/strict";
import { test } from "node:test";
import type { PodDocument } from "../core/manifest/manifest.ts";
import type { Pod } from "../core/model/pod.ts";
import { toldClaims } from "./toldClaims.ts";

const POD = {
  metadata: { name: "db-0" },
  spec: {
    containers: [],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: "data-db-0" } },
      { name: "shared", persistentVolumeClaim: { claimName: "all" } },
      { name: "scratch", ephemeral: {} },
      { name: "e", emptyDir: {} },
    ],
  },
} as unknown as Pod;

const SET = {
  workload: { kind: "StatefulSet", name: "db" },
  object: { spec: { volumeClaimTemplates: [{ metadata: { name: "data" } }] } },
} as unknown as PodDocument;

test("a claim by its name, or by its template's", () => {
  for (const name of ["data-db-0", "data"]) {
    assert.deepEqual(toldClaims({ [name]: "/d" }, POD, SET), {
      claims: { "data-db-0": "/d" },
      unused: [],
    });
  }
  const used = { all: "/a", "db-0-scratch": "/s" };
  assert.deepEqual(toldClaims(used, POD, SET), { claims: used, unused: [] });
});

test("a claim that nothing uses, and one that is told twice", () => {
  assert.deepEqual(toldClaims({ data: "/t", "data-db-0": "/d", e: "/e", dataa: "/x" }, POD, SET), {
    claims: { "data-db-0": "/d" },
    unused: [
      "--claim data=/t: --claim data-db-0=/d is for the same",
      "--claim e=/e: no volume uses the claim e",
      "--claim dataa=/x: no volume uses the claim dataa; did you mean data?",
    ],
  });
});
