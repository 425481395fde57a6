import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { containersOf, type Pod } from "../model/pod.ts";
import { completeWorld } from "../model/world.ts";
import {
  generateLinuxContainerResources,
  milliCPUToQuota,
  milliCPUToShares,
  resourceConfigForPod,
} from "./calculateLinuxResources.ts";
import { getPodQOS } from "./getPodQOS.ts";

const world = completeWorld({ kubernetes: "v1.37" });
const GIB = 1024 ** 3;
const capacity = 16 * GIB;

interface Resources {
  readonly requests?: object;
  readonly limits?: object;
}

function pod(containers: readonly Resources[], spec: object = {}): Pod {
  const named = containers.map((resources, index) => ({ name: `c${index}`, resources }));
  return { spec: { containers: named, ...spec } } as object as Pod;
}

const both = (cpu: string, memory: string): Resources => ({ limits: { cpu, memory } });

const ROWS: readonly {
  readonly why: string;
  readonly pod: Pod;
  readonly qos: string;
  /** shares, quota, memory, oom_score_adj of the first container */
  readonly first: readonly (string | undefined)[];
  /** quota and memory of the pod */
  readonly whole: readonly (string | undefined)[];
}[] = [
  {
    why: "nothing told",
    pod: pod([{}]),
    qos: "BestEffort",
    first: ["2", undefined, undefined, "1000"],
    whole: [],
  },
  {
    why: "limits alone are requests too",
    pod: pod([both("500m", "64Mi")]),
    qos: "Guaranteed",
    first: ["512", "50000", "67108864", "-997"],
    whole: ["50000", "67108864"],
  },
  {
    why: "a container without limits leaves the pod without",
    pod: pod([both("1", "1Gi"), {}]),
    qos: "Burstable",
    first: ["1024", "100000", "1073741824", "938"],
    whole: [],
  },
  {
    why: "a request of memory lowers the score by its part of the node",
    pod: pod([{ requests: { memory: "4Gi", cpu: 0.1 } }]),
    qos: "Burstable",
    first: ["102", undefined, undefined, "750"],
    whole: [],
  },
  {
    why: "a request that is next to nothing is still below BestEffort",
    pod: pod([{ requests: { cpu: "1m" } }]),
    qos: "Burstable",
    first: ["2", undefined, undefined, "999"],
    whole: [],
  },
  {
    why: "a request of the whole node is still above Guaranteed",
    pod: pod([{ requests: { memory: "16Gi" } }]),
    qos: "Burstable",
    first: ["2", undefined, undefined, "3"],
    whole: [],
  },
  {
    why: "a critical pod goes last",
    pod: pod([{}], { priorityClassName: "system-node-critical" }),
    qos: "BestEffort",
    first: ["2", undefined, undefined, "-997"],
    whole: [],
  },
  {
    why: "resources of the pod hold for a container without",
    pod: pod([{}], { resources: both("2", "1Gi") }),
    qos: "Guaranteed",
    first: ["2", "200000", "1073741824", "-997"],
    whole: ["200000", "1073741824"],
  },
  {
    why: "a zero is as if it were not there",
    pod: pod([{ requests: { cpu: "0" } }]),
    qos: "BestEffort",
    first: ["2", undefined, undefined, "1000"],
    whole: [],
  },
];

for (const { why, pod: given, qos, first, whole } of ROWS) {
  test(`${qos}: ${why}`, () => {
    const [at] = containersOf(given.spec);
    assert.ok(at !== undefined);
    const own = generateLinuxContainerResources(given, at, { world, capacity });
    const [shares, quota, memory, score] = first;
    assert.equal(getPodQOS(given, world), qos);
    assert.deepEqual(
      [own.cpu_shares, own.cpu_quota, own.memory_limit_in_bytes, own.oom_score_adj],
      [shares, quota, memory, score],
    );
    const all = resourceConfigForPod(given, world);
    assert.deepEqual([all.cpu_quota, all.memory_limit_in_bytes], [whole[0], whole[1]]);
  });
}

test("an init container counts where it is larger; a sidecar runs beside all", () => {
  const limits = (memory: string): Resources => ({ limits: { cpu: "100m", memory } });
  const given = pod([limits("100Mi")], {
    initContainers: [
      { name: "side", restartPolicy: "Always", resources: limits("10Mi") },
      { name: "first", resources: limits("200Mi") },
    ],
    overhead: { memory: "1Mi" },
  });
  const { memory_limit_in_bytes, cpu_quota } = resourceConfigForPod(given, world);
  assert.equal(memory_limit_in_bytes, String((200 + 10 + 1) * 1024 ** 2));
  assert.equal(cpu_quota, "20000");
});

test("a sidecar's score is no higher than the least of the containers", () => {
  const given = pod([{ requests: { memory: "8Gi" } }], {
    initContainers: [{ name: "side", restartPolicy: "Always" }],
  });
  const [side] = containersOf(given.spec);
  assert.ok(side !== undefined);
  const { oom_score_adj } = generateLinuxContainerResources(given, side, { world, capacity });
  assert.equal(oom_score_adj, "500");
});

test("with cgroup v2 a container's processes end together", () => {
  const given = pod([{}]);
  const [at] = containersOf(given.spec);
  assert.ok(at !== undefined);
  const v2 = { ...world, node: { ...world.node, cgroup: "v2" as const } };
  const told = generateLinuxContainerResources(given, at, { world: v2, capacity });
  assert.deepEqual(told.unified, { "memory.oom.group": "1" });
});

test("shares and quotas stay in the kernel's bounds and never fall as the CPUs rise", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (a, b) => {
      const [less, more] = a < b ? [a, b] : [b, a];
      assert.ok(milliCPUToShares(less) >= 2 && milliCPUToShares(more) <= 262_144);
      assert.ok(milliCPUToShares(less) <= milliCPUToShares(more));
      assert.ok(milliCPUToQuota(less) <= milliCPUToQuota(more));
      assert.ok(less === 0 || milliCPUToQuota(less) >= 1000);
    }),
  );
});
