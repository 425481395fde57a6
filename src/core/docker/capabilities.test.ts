import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Release } from "../model/version.ts";
import { composeWorld } from "../rules/world.ts";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { DOCKER_CAPABILITIES } from "../tables/docker.ts";
import { docker } from "./docker.ts";

function sets(hostConfig: object, version: Release = "28.5", user = "") {
  const world = composeWorld({ runtime: { name: "docker", version } });
  const { out } = docker(
    { config: { User: user }, hostConfig: { ...hostConfig }, image: { user: "" } },
    world,
  );
  return out.spec?.process?.capabilities;
}

const KNOWN_TO_20_10 = CAPABILITIES.slice(0, CAPABILITIES.indexOf("CAP_AUDIT_READ") + 1);

interface Row {
  readonly why: string;
  readonly hostConfig: object;
  readonly version?: Release;
  readonly bounding: readonly string[] | undefined;
}
const without =
  (...names: string[]) =>
  (list: readonly string[]) =>
    list.filter((name) => !names.includes(name));

const ROWS: readonly Row[] = [
  { why: "the default", hostConfig: {}, bounding: DOCKER_CAPABILITIES },
  {
    why: "spellings of all kinds",
    hostConfig: { CapAdd: ["net_admin", "CAP_SYS_PTRACE", "cap_Bpf"] },
    bounding: [...DOCKER_CAPABILITIES, "CAP_NET_ADMIN", "CAP_SYS_PTRACE", "CAP_BPF"],
  },
  {
    why: "a default one added stands twice",
    hostConfig: { CapAdd: ["CHOWN"] },
    bounding: [...DOCKER_CAPABILITIES, "CAP_CHOWN"],
  },
  {
    why: "added and dropped: added, and last",
    hostConfig: { CapAdd: ["NET_RAW"], CapDrop: ["NET_RAW"] },
    bounding: [...without("CAP_NET_RAW")(DOCKER_CAPABILITIES), "CAP_NET_RAW"],
  },
  { why: "none", hostConfig: { CapDrop: ["all"] }, bounding: undefined },
  {
    why: "exactly those added",
    hostConfig: { CapDrop: ["ALL", "KILL"], CapAdd: ["KILL", "SYS_TIME"] },
    bounding: ["CAP_KILL", "CAP_SYS_TIME"],
  },
  {
    why: "ALL added wins over ALL dropped",
    hostConfig: { CapDrop: ["ALL"], CapAdd: ["ALL"] },
    bounding: CAPABILITIES,
  },
  {
    why: "of ALL a dropped one is missing, even when it is added too",
    hostConfig: { CapDrop: ["KILL"], CapAdd: ["ALL", "KILL"] },
    bounding: without("CAP_KILL")(CAPABILITIES),
  },
  {
    why: "ALL, as 20.10 knows it",
    hostConfig: { CapAdd: ["ALL"] },
    version: "20.10",
    bounding: KNOWN_TO_20_10,
  },
  {
    why: "privileged takes no notice of drop",
    hostConfig: { Privileged: true, CapDrop: ["ALL"] },
    bounding: CAPABILITIES,
  },
  {
    why: "null is nothing",
    hostConfig: { CapAdd: null, CapDrop: null },
    bounding: DOCKER_CAPABILITIES,
  },
];

for (const { why, hostConfig, version, bounding } of ROWS) {
  test(why, () => {
    const expected =
      bounding === undefined ? {} : { bounding, effective: bounding, permitted: bounding };
    assert.deepEqual(sets(hostConfig, version), expected);
  });
}

test("all is what the host leaves to the daemon, but for 20.10, which does not ask", () => {
  const capabilities = ["CAP_KILL", "CAP_CHOWN"];
  const all = (version: Release) =>
    docker(
      { config: {}, hostConfig: { Privileged: true }, image: { user: "" } },
      composeWorld({ runtime: { name: "docker", version }, node: { capabilities } }),
    ).out.spec?.process?.capabilities?.bounding;
  assert.deepEqual(all("28.5"), ["CAP_CHOWN", "CAP_KILL"]);
  assert.deepEqual(all("20.10"), KNOWN_TO_20_10);
});

test("a daemon that has none takes it that it could not find out", () => {
  const world = composeWorld({ runtime: { name: "docker" }, node: { capabilities: [] } });
  const input = { config: {}, hostConfig: { CapAdd: ["KILL"] }, image: { user: "" } };
  assert.equal(docker(input, world).out.step, "ok");
});

test("of a user 20.10 leaves the bounding set alone", () => {
  const hostConfig = { CapDrop: ["ALL"], CapAdd: ["KILL"] };
  const bounding = ["CAP_KILL"];
  assert.deepEqual(sets(hostConfig, "20.10", "1000"), { bounding });
  assert.deepEqual(sets(hostConfig, "20.10", "0"), {
    bounding,
    effective: bounding,
    permitted: bounding,
  });
  assert.deepEqual(sets(hostConfig, "26.1", "1000"), {
    bounding,
    effective: bounding,
    permitted: bounding,
  });
});

test("whatever is added by name is there, whatever is dropped", () => {
  const names = fc.subarray([...CAPABILITIES]);
  fc.assert(
    fc.property(names, names, fc.boolean(), (add, drop, dropsAll) => {
      const CapDrop = dropsAll ? [...drop, "ALL"] : drop;
      const bounding = sets({ CapAdd: add, CapDrop })?.bounding ?? [];
      for (const name of add) assert.ok(bounding.includes(name));
      for (const name of drop) assert.equal(bounding.includes(name), add.includes(name));
    }),
  );
});
