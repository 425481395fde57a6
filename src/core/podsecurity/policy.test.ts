import assert from "node:assert/strict";
import { test } from "node:test";
import {
  defaultPolicy,
  isEquivalent,
  isFullyPrivileged,
  LABEL_PREFIX,
  policyToEvaluate,
} from "./policy.ts";

function labels(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [LABEL_PREFIX + name, value]),
  );
}

/** `enforce audit warn`, each `level:version`. */
function policyOf(values: Readonly<Record<string, string>>, defaults = {}): string {
  const { policy } = policyToEvaluate(labels(values), defaultPolicy(defaults));
  return [policy.enforce, policy.audit, policy.warn]
    .map(({ level, version }) => `${level}:${version}`)
    .join(" ");
}

const DEFAULTS = {
  enforce: "baseline",
  "enforce-version": "v1.30",
  warn: "restricted",
  "warn-version": "v1.24",
};
const ROWS: readonly (readonly [string, Readonly<Record<string, string>>, object, string])[] = [
  ["nothing", {}, {}, "privileged:latest privileged:latest privileged:latest"],
  ["defaults", {}, DEFAULTS, "baseline:v1.30 privileged:latest restricted:v1.24"],
  [
    "a label over its default",
    { enforce: "privileged" },
    DEFAULTS,
    "privileged:v1.30 privileged:latest restricted:v1.24",
  ],
  [
    "enforcing warns too",
    { enforce: "baseline", "enforce-version": "v1.25" },
    {},
    "baseline:v1.25 privileged:latest baseline:v1.25",
  ],
  [
    "a warn version is kept",
    { enforce: "baseline", "enforce-version": "v1.25", "warn-version": "v1.20" },
    {},
    "baseline:v1.25 privileged:latest baseline:v1.20",
  ],
  [
    "a warn level is kept",
    { enforce: "restricted", warn: "privileged" },
    {},
    "restricted:latest privileged:latest privileged:latest",
  ],
  [
    "stricter defaults are kept",
    { enforce: "baseline" },
    DEFAULTS,
    "baseline:v1.30 privileged:latest restricted:v1.24",
  ],
  [
    "a bad enforce level is restricted and warns of nothing",
    { enforce: "x" },
    {},
    "restricted:latest privileged:latest privileged:latest",
  ],
  [
    "bad audit and warn levels are privileged",
    { audit: "x", warn: "y" },
    { audit: "baseline", warn: "baseline" },
    "privileged:latest privileged:latest privileged:latest",
  ],
  [
    "bad versions are latest",
    { "enforce-version": "1.25", "audit-version": "v2" },
    DEFAULTS,
    "baseline:latest privileged:latest restricted:v1.24",
  ],
];

for (const [says, values, defaults, expected] of ROWS) {
  test(`policy of a namespace: ${says}`, () => {
    assert.equal(policyOf(values, defaults), expected);
  });
}

test("errors of labels, in the order of the modes", () => {
  const values = labels({ "warn-version": "y", enforce: 'x"', audit: "" });
  const { errors } = policyToEvaluate(values, defaultPolicy({}));
  const level = "must be one of privileged, baseline, restricted";
  assert.deepEqual(errors, [
    { field: `metadata.labels[${LABEL_PREFIX}enforce]`, body: `Invalid value: "x\\"": ${level}` },
    { field: `metadata.labels[${LABEL_PREFIX}audit]`, body: `Invalid value: "": ${level}` },
    {
      field: `metadata.labels[${LABEL_PREFIX}warn-version]`,
      body: 'Invalid value: "y": must be "latest" or "v1.x"',
    },
  ]);
});

test("privileged has no version", () => {
  const a = defaultPolicy({ "audit-version": "v1.20" });
  assert.ok(isFullyPrivileged(a));
  assert.ok(isEquivalent(a, defaultPolicy({})));
  assert.ok(!isEquivalent(a, defaultPolicy({ audit: "baseline" })));
});
