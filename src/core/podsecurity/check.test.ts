import assert from "node:assert/strict";
import { test } from "node:test";
import type { FieldPath } from "../model/finding.ts";
import type { Pod } from "../model/pod.ts";
import { at, type KubeMinor, minorsThrough } from "../model/version.ts";
import { NEWEST_KUBERNETES } from "../model/world.ts";
import { applyChanges } from "../rules/changes.ts";
import type { AllowedValue, Check, Restriction } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { viewPod } from "./podView.ts";

// What a check says of itself as data must be what it does: pages and reports read the data.

const CONTAINER = {
  name: "c",
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};
const STRICT: Pod = {
  metadata: { name: "p" },
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    initContainers: [CONTAINER],
    containers: [CONTAINER],
    ephemeralContainers: [CONTAINER],
  },
};

/** `spec.containers[*].ports[*].hostPort` → the first item each; an annotation's `*` is the container's name. */
function pathOf(field: string): FieldPath {
  const [, before = "", key] = /^([^[]*)(?:\[(.*\/.*)\])?$/.exec(field) ?? [];
  if (key !== undefined) return [...before.split("."), key.replace("*", "c")];
  return field
    .replaceAll("[*]", ".0")
    .split(".")
    .map((step) => (step === "0" ? 0 : step));
}

function withValue(pod: Pod, field: string, value: unknown): Pod {
  const whole = pathOf(field);
  // A profile without a type is no absent profile.
  const path = value === undefined && whole.at(-1) === "type" ? whole.slice(0, -1) : whole;
  const list = path.lastIndexOf(0);
  const inContainers = path[1] === "initContainers" || String(path[1]).endsWith("ontainers");
  if (list === -1 || (inContainers && list === 2)) {
    return applyChanges(pod, [{ path, to: value }]);
  }
  const item = path
    .slice(list + 1)
    .reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
  const named = typeof item === "object" && item !== null ? { name: "x", ...item } : item;
  const items = value === undefined ? undefined : [named];
  return applyChanges(pod, [{ path: path.slice(0, list), to: items }]);
}

function allows(check: Check, version: KubeMinor, pod: Pod): boolean {
  return at(check.versions, version)?.(viewPod(pod)) === undefined;
}

function valuesOf(restriction: Restriction, version: KubeMinor): [AllowedValue, boolean][] {
  if (restriction.mustInclude !== undefined) return [];
  const allowed = restriction.allowed && at(restriction.allowed, version);
  const forbidden = restriction.forbidden && at(restriction.forbidden, version);
  const isEverything = allowed?.includes("*") ?? allowed === undefined;
  const good = (allowed ?? []).map((value): [AllowedValue, boolean] => [sample(value), true]);
  const bad = (forbidden ?? []).map((value): [AllowedValue, boolean] => [value, false]);
  return [...good, ...bad, [other(allowed ?? forbidden ?? []), isEverything]];
}

/** A text that ends in `*` stands for those that begin so. */
function sample(value: AllowedValue): AllowedValue {
  return typeof value === "string" ? value.replace("*", "some") : value;
}

/** A value of the same type that is none of these. */
function other(values: readonly AllowedValue[]): AllowedValue {
  const known = values.find((value) => value !== undefined);
  if (typeof known === "boolean") return !known;
  return typeof known === "number" ? known + 1 : "anything else";
}

for (const check of CHECKS) {
  test(`${check.id} does what its data says, in every version`, () => {
    const releases = minorsThrough(NEWEST_KUBERNETES).filter(
      (version) => at(check.versions, version) !== undefined,
    );
    for (const version of releases) {
      assert.ok(allows(check, version, STRICT), `${version}: a strict pod`);
      for (const restriction of check.restricts) {
        for (const field of restriction.fields) {
          for (const [value, isAllowed] of valuesOf(restriction, version)) {
            const pod = withValue(STRICT, field, value);
            assert.equal(allows(check, version, pod), isAllowed, `${version}: ${field} = ${value}`);
          }
          const needed = restriction.mustInclude && at(restriction.mustInclude, version);
          if (needed === undefined) continue;
          const path = pathOf(field);
          const withDrop = (to: readonly string[]) => applyChanges(STRICT, [{ path, to }]);
          assert.ok(allows(check, version, withDrop(["X", needed])));
          assert.ok(!allows(check, version, withDrop(["X"])));
        }
      }
    }
  });

  test(`${check.id} leaves alone what it exempts, and no one else`, () => {
    const offending = check.restricts.flatMap((restriction) =>
      restriction.fields.map((field) => ({ restriction, field })),
    );
    for (const version of minorsThrough(NEWEST_KUBERNETES)) {
      const exemption = check.exempt && at(check.exempt, version);
      if (exemption === undefined) continue;
      for (const { restriction, field } of offending) {
        const bad = valuesOf(restriction, version).find(([, isAllowed]) => !isAllowed);
        if (bad === undefined) continue;
        const pod = withValue(STRICT, field, bad[0]);
        const path = exemption.field.split(".");
        const exempt = applyChanges(pod, [{ path, to: exemption.value }]);
        assert.ok(!allows(check, version, pod), `${version}: ${field}`);
        assert.ok(allows(check, version, exempt), `${version}: ${field} with ${exemption.field}`);
      }
    }
  });
}
