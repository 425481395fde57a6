import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { toPointer } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import { minorsThrough } from "../model/version.ts";
import { NEWEST_KUBERNETES } from "../model/world.ts";
import { applyChanges } from "../rules/changes.ts";
import { deltaTo, deltaToNext } from "./delta.ts";
import { highestLevel, highestLevels } from "./highestLevel.ts";
import { compareLevels, LEVELS } from "./level.ts";

const PLAIN: Pod = { metadata: { name: "p" }, spec: { containers: [{ name: "a" }] } };

test("what a plain pod lacks to be restricted", () => {
  assert.deepEqual(deltaToNext(PLAIN, NEWEST_KUBERNETES), {
    level: "restricted",
    changes: [
      {
        check: "allowPrivilegeEscalation",
        path: ["spec", "containers", 0, "securityContext", "allowPrivilegeEscalation"],
        from: undefined,
        to: false,
      },
      {
        check: "capabilities_restricted",
        path: ["spec", "containers", 0, "securityContext", "capabilities", "drop"],
        from: undefined,
        to: ["ALL"],
      },
      {
        check: "runAsNonRoot",
        path: ["spec", "securityContext", "runAsNonRoot"],
        from: undefined,
        to: true,
      },
      {
        check: "seccompProfile_restricted",
        path: ["spec", "securityContext", "seccompProfile"],
        from: undefined,
        to: { type: "RuntimeDefault" },
      },
    ],
  });
  assert.deepEqual(deltaTo(PLAIN, "baseline", NEWEST_KUBERNETES), []);
});

test("the level that a pod meets, by version", () => {
  assert.deepEqual(highestLevels(PLAIN), [{ since: "v1.0", value: "baseline" }]);
  const securityContext = { runAsNonRoot: true };
  const old: Pod = { spec: { securityContext, containers: [{ name: "a" }] } };
  assert.deepEqual(highestLevels(old), [
    { since: "v1.0", value: "restricted" },
    { since: "v1.8", value: "baseline" },
  ]);
  const probe = { httpGet: { port: 80, host: "x" } };
  const probed: Pod = { spec: { containers: [{ name: "a", livenessProbe: probe }] } };
  assert.deepEqual(highestLevels(probed), [
    { since: "v1.0", value: "baseline" },
    { since: "v1.34", value: "privileged" },
  ]);
});

test("changes leave the old pod as it is and take nothing out of what is not there", () => {
  const before = structuredClone(PLAIN);
  const changed = applyChanges(PLAIN, [
    { path: ["spec", "securityContext", "runAsUser"], to: undefined },
    { path: ["spec", "containers", 0, "name"], to: "b" },
  ]);
  assert.deepEqual(changed, { metadata: { name: "p" }, spec: { containers: [{ name: "b" }] } });
  assert.deepEqual(PLAIN, before);
});

const profile = fc.option(
  fc.record(
    {
      type: fc.constantFrom("RuntimeDefault", "Localhost", "Unconfined", "", "X"),
      localhostProfile: fc.constant("f"),
    },
    { requiredKeys: [] },
  ),
);
const names = fc.array(fc.constantFrom("ALL", "CHOWN", "NET_BIND_SERVICE", "SYS_ADMIN", null), {
  maxLength: 3,
});
const both = {
  runAsNonRoot: fc.option(fc.boolean()),
  runAsUser: fc.constantFrom(0, 1000, null),
  seccompProfile: profile,
  appArmorProfile: profile,
  seLinuxOptions: fc.record(
    {
      type: fc.constantFrom("container_t", "container_engine_t", "spc_t", ""),
      user: fc.constantFrom("u", ""),
      role: fc.constant("r"),
    },
    { requiredKeys: [] },
  ),
  windowsOptions: fc.record({ hostProcess: fc.boolean() }),
};
const handler = fc.record(
  {
    httpGet: fc.record({ host: fc.constantFrom("x", "") }),
    tcpSocket: fc.record({ host: fc.constant("y") }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const container = fc.option(
  fc.record(
    {
      name: fc.constantFrom("a", "b", "c"),
      ports: fc.array(fc.record({ hostPort: fc.constantFrom(0, 80, 8080) }), { maxLength: 2 }),
      livenessProbe: handler,
      lifecycle: fc.record({ preStop: handler }),
      securityContext: fc.option(
        fc.record(
          {
            ...both,
            privileged: fc.boolean(),
            allowPrivilegeEscalation: fc.option(fc.boolean()),
            procMount: fc.constantFrom("Default", "Unmasked", null),
            capabilities: fc.record({ add: names, drop: names }, { requiredKeys: [] }),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: ["name"] },
  ),
);
const containers = fc.array(container, { maxLength: 2 });
const sysctl = fc.constantFrom("kernel.shm_rmid_forced", "net.ipv4.tcp_rmem", "kernel.msgmax");
const volume = fc.record(
  {
    name: fc.constant("v"),
    hostPath: fc.constant({}),
    nfs: fc.constant({}),
    secret: fc.constant({}),
    unknown: fc.constant({}),
  },
  { requiredKeys: [] },
);
const annotation = fc.constantFrom("unconfined", "runtime/default", "localhost/x", "");
const pod = fc.record({
  metadata: fc.record({
    annotations: fc.dictionary(
      fc.constantFrom(
        "seccomp.security.alpha.kubernetes.io/pod",
        "container.seccomp.security.alpha.kubernetes.io/a",
        "container.apparmor.security.beta.kubernetes.io/a",
      ),
      annotation,
    ),
  }),
  spec: fc.record(
    {
      containers,
      initContainers: containers,
      ephemeralContainers: containers,
      volumes: fc.array(volume, { maxLength: 2 }),
      hostNetwork: fc.boolean(),
      hostPID: fc.boolean(),
      hostIPC: fc.boolean(),
      hostUsers: fc.boolean(),
      os: fc.record({ name: fc.constantFrom("linux", "windows") }),
      securityContext: fc.option(
        fc.record(
          { ...both, sysctls: fc.array(fc.record({ name: sysctl }), { maxLength: 3 }) },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: ["containers"] },
  ),
}) as unknown as fc.Arbitrary<Pod>;
const version = fc.constantFrom(...minorsThrough(NEWEST_KUBERNETES));
const level = fc.constantFrom(...LEVELS);

test("a pod with its delta reaches the level, and lacks nothing then", () => {
  fc.assert(
    fc.property(pod, level, version, (before, wanted, release) => {
      const after = applyChanges(before, deltaTo(before, wanted, release));
      assert.deepEqual(deltaTo(after, wanted, release), []);
      assert.ok(compareLevels(highestLevel(after, release), wanted) >= 0);
    }),
    { numRuns: 2000 },
  );
});

test("a delta changes each field once, from what stands there", () => {
  fc.assert(
    fc.property(pod, level, version, (before, wanted, release) => {
      const changes = deltaTo(before, wanted, release);
      const pointers = changes.map(({ path }) => toPointer(path));
      assert.equal(new Set(pointers).size, pointers.length);
      for (const { path, from, to } of changes) {
        let value: unknown = before;
        for (const step of path) value = (value as never)?.[step];
        assert.deepEqual(value ?? undefined, from ?? undefined);
        assert.notDeepEqual(from, to);
      }
    }),
  );
});
