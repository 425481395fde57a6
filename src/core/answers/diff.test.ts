// What is more and what is fewer, field by field; workloads that come and go.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readManifest } from "../manifest/manifest.ts";
import { composeWorld } from "../rules/world.ts";
import { diff, isAddedBeyondBaseline, type WorkloadDiff } from "./diff.ts";

const WORLD = composeWorld({});

function podText(spec: object, context: object = {}, name = "a"): string {
  const containers = [{ name: "c", image: "x", securityContext: context }];
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers, ...spec } };
  return JSON.stringify(pod);
}

function compare(before: string, after: string): WorkloadDiff {
  const [only] = diff(readManifest(before, "a").pods, readManifest(after, "b").pods, WORLD);
  assert.ok(only);
  return only;
}

const CONTAINER: readonly (readonly [string, object, object, string])[] = [
  ["runAsUser", { runAsUser: 1000 }, { runAsUser: 0 }, "more"],
  ["runAsUser", { runAsUser: 1000 }, {}, "more"],
  ["runAsUser", { runAsUser: 1000 }, { runAsUser: 1001 }, "changed"],
  ["runAsNonRoot", {}, { runAsNonRoot: true }, "fewer"],
  ["privileged", {}, { privileged: true }, "more"],
  ["allowPrivilegeEscalation", {}, { allowPrivilegeEscalation: false }, "fewer"],
  ["readOnlyRootFilesystem", { readOnlyRootFilesystem: true }, {}, "more"],
  ["capabilities", {}, { capabilities: { add: ["NET_ADMIN"] } }, "more"],
  ["capabilities", {}, { capabilities: { drop: ["ALL"] } }, "fewer"],
  ["capabilities", {}, { capabilities: { add: ["SYS_TIME"], drop: ["ALL"] } }, "changed"],
  ["seccompProfile", {}, { seccompProfile: { type: "RuntimeDefault" } }, "fewer"],
  ["seccompProfile", {}, { seccompProfile: { type: "Unconfined" } }, "more"],
  ["appArmorProfile", {}, { appArmorProfile: { type: "Unconfined" } }, "more"],
  ["procMount", {}, { procMount: "Unmasked" }, "more"],
];
for (const [field, before, after, change] of CONTAINER) {
  test(`${field}: ${JSON.stringify(before)} to ${JSON.stringify(after)} is ${change}`, () => {
    const { changes } = compare(podText({}, before), podText({}, after));
    const found = changes.find((one) => one.field === field);
    assert.equal(found?.change, change);
    assert.equal(found?.container, "c");
  });
}

test("a false that the API server's object leaves out is told as it is written", () => {
  for (const field of ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace"]) {
    const { changes } = compare(podText({ [field]: false }), podText({ [field]: true }));
    const found = changes.find((one) => one.field === field);
    assert.deepEqual([found?.before, found?.after, found?.change], [false, true, "more"], field);
  }
  assert.equal(compare(podText({}), podText({ hostPID: false })).verdict, "same");
});

test("a container without a name is told by its path, not as the pod", () => {
  const twoOf = (runAsUser: number) =>
    podText({
      containers: [{ image: "x" }, { image: "x", name: "", securityContext: { runAsUser } }],
    });
  const { changes } = compare(twoOf(1000), twoOf(0));
  assert.deepEqual(
    changes.map(({ container, field, change }) => [container, field, change]),
    [["spec.containers[1]", "runAsUser", "more"]],
  );
});

const OF_POD: readonly (readonly [string, object, object, string])[] = [
  ["hostNetwork", {}, { hostNetwork: true }, "more"],
  ["hostUsers", {}, { hostUsers: false }, "fewer"],
  ["hostPath", {}, { volumes: [{ name: "v", hostPath: { path: "/" } }] }, "more"],
  ["podSecurity", {}, { hostPID: true }, "more"],
  ["shareProcessNamespace", {}, { shareProcessNamespace: false }, "changed"],
  ["shareProcessNamespace", { shareProcessNamespace: true }, {}, "fewer"],
];
for (const [field, before, after, change] of OF_POD) {
  test(`${field} of the pod is ${change}`, () => {
    const { changes } = compare(podText(before), podText(after));
    assert.equal(changes.find((one) => one.field === field)?.change, change);
  });
}

test("what the pod sets is each container's, unless it says otherwise", () => {
  const pod = { securityContext: { runAsUser: 1000 } };
  const { verdict, changes } = compare(podText(pod), podText(pod, { runAsUser: 0 }));
  assert.equal(verdict, "more");
  assert.deepEqual(changes, [
    { container: "c", field: "runAsUser", before: 1000, after: 0, change: "more" },
  ]);
  assert.equal(compare(podText(pod), podText({}, { runAsUser: 1000 })).verdict, "same");
});

test("workloads and containers come and go", () => {
  const before = [podText({}, {}, "a"), podText({}, {}, "gone")].join("\n");
  const after = [podText({}, {}, "new"), podText({ initContainers: [{ name: "i", image: "x" }] })];
  const diffs = diff(
    readManifest(before, "a").pods,
    readManifest(after.join("\n"), "b").pods,
    WORLD,
  );
  assert.deepEqual(
    diffs.map(({ workload, verdict }) => [workload.name, verdict]),
    [
      ["new", "added"],
      ["a", "more"],
      ["gone", "removed"],
    ],
  );
});

/** The context of a new workload's container, the level it meets, what Pod Security says of the next. */
const ADDED: readonly (readonly [object, string, string | undefined, boolean])[] = [
  [
    { privileged: true },
    "privileged",
    'pods "a" is forbidden: violates PodSecurity "baseline:v1.37": privileged (container "c" must not set securityContext.privileged=true)',
    true,
  ],
  [
    {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsNonRoot: true,
    },
    "baseline",
    'pods "a" is forbidden: violates PodSecurity "restricted:v1.37": seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    false,
  ],
  [
    {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    "restricted",
    undefined,
    false,
  ],
];
for (const [context, level, message, isBeyond] of ADDED) {
  test(`a new workload that meets ${level}`, () => {
    const [added] = diff([], readManifest(podText({}, context), "b").pods, WORLD);
    assert.ok(added);
    assert.equal(added.verdict, "added");
    assert.equal(added.after?.podSecurity, level);
    assert.equal(added.after?.podSecurityMessage, message);
    assert.equal(isAddedBeyondBaseline(added), isBeyond);
    const [removed] = diff(readManifest(podText({}, context), "b").pods, [], WORLD);
    assert.ok(removed);
    assert.equal(isAddedBeyondBaseline(removed), false);
  });
}

test("nothing differs from itself, and the way back has the opposite verdict", () => {
  const context = fc.record(
    {
      runAsUser: fc.constantFrom(0, 1000),
      privileged: fc.boolean(),
      allowPrivilegeEscalation: fc.boolean(),
      readOnlyRootFilesystem: fc.boolean(),
      capabilities: fc.record({ add: fc.subarray(["NET_ADMIN", "SYS_TIME"]) }),
    },
    { requiredKeys: [] },
  );
  const opposite: Record<string, string> = { more: "fewer", fewer: "more" };
  fc.assert(
    fc.property(context, context, (a, b) => {
      const [one, other] = [podText({}, a), podText({}, b)];
      assert.equal(compare(one, one).verdict, "same");
      const there = compare(one, other).verdict;
      assert.equal(compare(other, one).verdict, opposite[there] ?? there);
    }),
    { numRuns: 200 },
  );
});

/** Documents that the API server refuses, or that hold nothing. */
const HOSTILE: readonly string[] = [
  '{"kind":"Pod","apiVersion":"v1","spec":[]}',
  '{"kind":"Pod","apiVersion":"v1"}',
  '{"kind":"Pod","apiVersion":1}',
  '{"kind":"Pod","metadata":[]}',
  '{"kind":"List","apiVersion":"v1","items":[1,null,{"kind":"Pod"}]}',
  '{"kind":"Pod","spec":{"containers":{},"volumes":[null],"securityContext":"x"}}',
  '{"kind":"Pod","spec":{"containers":[null,1,{"name":[],"securityContext":{"capabilities":{"add":{}}}}]}}',
  '{"kind":"Deployment","apiVersion":"apps/v1","spec":{"template":3}}',
];
for (const text of HOSTILE) {
  test(`${text} is compared with anything`, () => {
    const [one, other] = [readManifest(text, "a").pods, readManifest(podText({}), "b").pods];
    assert.deepEqual(
      diff(one, one, WORLD).map(({ verdict }) => verdict),
      one.map(() => "same"),
    );
    diff(one, other, WORLD);
    diff(other, one, WORLD);
  });
}

test("whatever stands where, there is an answer", () => {
  const spec = fc.record(
    {
      containers: fc.oneof(
        fc.array(fc.record({ name: fc.constant("c"), securityContext: fc.jsonValue() })),
        fc.jsonValue(),
      ),
      securityContext: fc.jsonValue(),
      volumes: fc.jsonValue(),
      hostPID: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(spec, fc.jsonValue()), (value) => {
      const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, spec: value };
      assert.equal(compare(JSON.stringify(pod), podText({})).workload.name, "a");
    }),
    { numRuns: 200 },
  );
});

/** Runtime, capabilities before and after, what they come to, and is it told as words alone? */
const GRANTED: readonly (readonly [string, object, object, string, boolean])[] = [
  ["containerd", { add: ["CAP_SYS_ADMIN"] }, { add: ["SYS_ADMIN"] }, "more", false],
  ["containerd", { add: ["SYS_ADMIN"] }, { add: ["CAP_SYS_ADMIN"] }, "fewer", false],
  ["containerd", { add: ["SYS_TIME"] }, { add: ["SYS_TIME", "CAP_SYS_ADMIN"] }, "same", true],
  ["containerd", { drop: ["CAP_NET_RAW"] }, { drop: ["NET_RAW"] }, "fewer", false],
  ["containerd", { add: ["SYS_TIME"] }, { add: ["sys_time"] }, "same", true],
  ["containerd", { add: ["CHOWN", "SYS_TIME"] }, { add: ["SYS_TIME", "CHOWN"] }, "same", false],
  ["docker", { add: ["CAP_SYS_ADMIN"] }, { add: ["SYS_ADMIN"] }, "same", true],
  ["docker", { add: ["CHOWN"] }, { add: ["CHOWN"], drop: ["CHOWN"] }, "same", true],
  ["containerd", { add: ["CHOWN"] }, { add: ["CHOWN"], drop: ["CHOWN"] }, "fewer", false],
];
for (const [name, before, after, verdict, isReworded] of GRANTED) {
  for (const refused of [{}, { runAsUser: 0, runAsNonRoot: true }]) {
    const how = `${JSON.stringify(before)} to ${JSON.stringify(after)} on ${name}`;
    const whose = "runAsUser" in refused ? " of a container that the kubelet refuses" : "";
    test(`capabilities are those that are granted: ${how}${whose}`, () => {
      const world = composeWorld({
        runtime: { name: name === "docker" ? "docker" : "containerd" },
      });
      const texts = [before, after].map((capabilities) =>
        podText({}, { ...refused, capabilities }),
      );
      const [old, now] = texts.map((text) => readManifest(text, "a").pods);
      const [only] = diff(old ?? [], now ?? [], world);
      const found = only?.changes.find(({ field }) => field === "capabilities");
      assert.equal(found?.change ?? "same", verdict);
      assert.equal(only?.withoutEffect !== undefined, isReworded);
    });
  }
}

const GROUPS_AND_PATHS: readonly (readonly [string, object, object, string])[] = [
  ["fsGroup", {}, { securityContext: { fsGroup: 0 } }, "more"],
  ["fsGroup", {}, { securityContext: { fsGroup: 2000 } }, "changed"],
  ["fsGroup", { securityContext: { fsGroup: 0 } }, { securityContext: { fsGroup: 1 } }, "fewer"],
  ["supplementalGroups", {}, { securityContext: { supplementalGroups: [0] } }, "more"],
  ["hostPath", mounting("/data", true), mounting("/data", false), "more"],
  ["hostPath", mounting("/data", false), mounting("/data", true), "fewer"],
  ["hostPath", {}, mounting("/run/docker.sock", true), "more"],
  ["hostPath", mounting("/run/docker.sock"), mounting("/run/docker.sock", true), "more"],
];
for (const [field, before, after, change] of GROUPS_AND_PATHS) {
  test(`${field}: ${JSON.stringify(before)} to ${JSON.stringify(after)} is ${change}`, () => {
    const { changes } = compare(podText(before), podText(after));
    assert.equal(changes.find((one) => one.field === field)?.change, change);
  });
}

/** Without `readOnly` no container mounts it. */
function mounting(path: string, readOnly?: boolean): object {
  const volumeMounts = readOnly === undefined ? [] : [{ name: "v", mountPath: "/v", readOnly }];
  return {
    volumes: [{ name: "v", hostPath: { path } }],
    containers: [{ name: "c", image: "x", volumeMounts }],
  };
}

test("a host path says how it is reached, a socket that reading is enough", () => {
  const told = [
    mounting("/a"),
    mounting("/a", true),
    mounting("/a", false),
    mounting("/a.sock", true),
  ];
  assert.deepEqual(
    told.map((spec) => compare(podText({}), podText(spec)).changes.at(-1)?.after),
    [["/a mounted nowhere"], ["/a ro"], ["/a rw"], ["/a.sock socket"]],
  );
});
