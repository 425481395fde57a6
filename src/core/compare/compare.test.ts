import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../model/observation.ts";
import { DEFAULT_WORLD } from "../model/world.ts";
import { compare } from "./compare.ts";

const PREDICTED: Observation = {
  status: {
    Uid: "1000 1000 1000 1000",
    Gid: "0 0 0 0",
    Groups: "0",
    CapInh: "0000000000000000",
    CapPrm: "0000000000000000",
    CapEff: "0000000000000000",
    CapBnd: "00000000a80425fb",
    CapAmb: "0000000000000000",
    NoNewPrivs: "1",
    Seccomp: "2",
  },
  rootReadOnly: true,
  maskedPaths: ["/proc/keys", "/proc/latency_stats"],
  readonlyPaths: ["/proc/bus"],
  absentPaths: [],
  namespaces: { net: "sandbox", pid: "own", user: "host" },
};

function differences(observed: Partial<Observation>) {
  const { out } = compare(
    { predicted: PREDICTED, observed: { ...PREDICTED, ...observed } },
    DEFAULT_WORLD,
  );
  return out.differences;
}

test("what agrees", () => {
  assert.deepEqual(differences({}), []);
  assert.deepEqual(differences({ maskedPaths: ["/proc/latency_stats", "/proc/keys"] }), []);
});

test("a path that the kernel does not have cannot be masked, one that it has must be", () => {
  const masked = { maskedPaths: ["/proc/keys"] };
  assert.deepEqual(differences({ ...masked, absentPaths: ["/proc/latency_stats"] }), []);
  assert.deepEqual(differences(masked), [
    {
      field: "maskedPaths",
      predicted: ["/proc/keys", "/proc/latency_stats"],
      observed: ["/proc/keys"],
    },
  ]);
});

test("each differing field by its name", () => {
  const status = { ...PREDICTED.status, CapEff: "0000000000000400", Seccomp: "0" };
  assert.deepEqual(
    differences({ status, rootReadOnly: false, namespaces: { net: "host" } }).map(
      ({ field, predicted, observed }) => `${field}: ${predicted} → ${observed}`,
    ),
    [
      "status.CapEff: 0000000000000000 → 0000000000000400",
      "status.Seccomp: 2 → 0",
      "rootReadOnly: true → false",
      "namespaces.net: sandbox → host",
    ],
  );
});

test("a difference is a warning with both values", () => {
  const observed = { ...PREDICTED, readonlyPaths: ["/proc/bus", "/proc/fs"] };
  const [finding] = compare({ predicted: PREDICTED, observed }, DEFAULT_WORLD).findings;
  assert.equal(finding?.severity, "warning");
  assert.equal(finding?.message, "predicted [/proc/bus], observed [/proc/bus /proc/fs]");
});
