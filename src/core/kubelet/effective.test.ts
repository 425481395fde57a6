import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FIELDS } from "../fields/fields.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import {
  determineEffectiveSecurityContext,
  type EffectiveContext,
  isPodLevel,
} from "./effective.ts";

function effectiveOf(
  podLevel: object,
  containerLevel?: object,
  spec: object = {},
): EffectiveContext {
  const container = { name: "c", ...(containerLevel && { securityContext: containerLevel }) };
  const pod = { spec: { ...spec, securityContext: podLevel, containers: [container] } } as Pod;
  return determineEffectiveSecurityContext(pod, containersOf(pod.spec)[0]);
}

function valuesOf(effective: EffectiveContext): Record<string, unknown> {
  return Object.fromEntries(Object.entries(effective).map(([name, { value }]) => [name, value]));
}

test("the container's value wins, and what it replaced is remembered", () => {
  const { runAsUser } = effectiveOf({ runAsUser: 1000 }, { runAsUser: 0 });
  assert.deepEqual(runAsUser, {
    value: 0,
    source: { kind: "manifest", path: ["spec", "containers", 0, "securityContext", "runAsUser"] },
    was: {
      value: 1000,
      source: { kind: "manifest", path: ["spec", "securityContext", "runAsUser"] },
    },
  });
});

test("objects are replaced as a whole, an empty one too", () => {
  const pod = { seLinuxOptions: { level: "s0:c1", type: "a_t" } };
  assert.deepEqual(effectiveOf(pod, { seLinuxOptions: { role: "r" } }).seLinuxOptions?.value, {
    role: "r",
  });
  assert.deepEqual(effectiveOf(pod, { seLinuxOptions: {} }).seLinuxOptions?.value, {});
  assert.deepEqual(effectiveOf(pod, {}).seLinuxOptions?.value, pod.seLinuxOptions);
});

test("windowsOptions merge key by key, the two GMSA keys together", () => {
  const pod = {
    windowsOptions: {
      gmsaCredentialSpecName: "n",
      gmsaCredentialSpec: "s",
      runAsUserName: "u",
      hostProcess: false,
    },
  };
  const merged = (own: object) => effectiveOf(pod, { windowsOptions: own }).windowsOptions?.value;
  assert.deepEqual(merged({}), pod.windowsOptions);
  assert.deepEqual(merged({ runAsUserName: "v" }), { ...pod.windowsOptions, runAsUserName: "v" });
  assert.deepEqual(merged({ gmsaCredentialSpec: "t" }), {
    gmsaCredentialSpec: "t",
    runAsUserName: "u",
    hostProcess: false,
  });
});

test("null is not set: it neither overrides nor stands", () => {
  assert.deepEqual(valuesOf(effectiveOf({ runAsUser: 5 }, { runAsUser: null })), { runAsUser: 5 });
  assert.deepEqual(valuesOf(effectiveOf({ runAsUser: null }, { privileged: null })), {});
});

test("neighbours in the pod's spec are part of it; a field at a wrong level is not", () => {
  const effective = effectiveOf({ privileged: true }, { fsGroup: 5 }, { hostPID: true });
  assert.deepEqual(valuesOf(effective), { hostPID: true });
  assert.deepEqual(effective.hostPID?.source, { kind: "manifest", path: ["spec", "hostPID"] });
});

test("without a container, what holds for the sandbox: the pod level alone", () => {
  const pod = {
    spec: {
      securityContext: { runAsUser: 5 },
      containers: [{ name: "c", securityContext: { runAsUser: 6, privileged: true } }],
    },
  } as Pod;
  const effective = determineEffectiveSecurityContext(pod);
  assert.deepEqual(valuesOf(effective), { runAsUser: 5 });
  assert.ok(effective.runAsUser !== undefined && isPodLevel(effective.runAsUser));
});

test("any pair of levels: a container's value holds, a pod's is inherited, nothing else appears", () => {
  const shared = FIELDS.filter(({ merge }) => merge === "containerWins").map(({ name }) => name);
  const level = fc.dictionary(fc.constantFrom(...shared), fc.integer());
  fc.assert(
    fc.property(level, level, (pod, container) => {
      assert.deepEqual(valuesOf(effectiveOf(pod, container)), { ...pod, ...container });
    }),
  );
});
