// Accepting findings: who says so first, what it takes to match, what is told of suppressions that accept nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readManifest } from "../../manifest/manifest.ts";
import { composeWorld } from "../../rules/world.ts";
import { checkPodDocument } from "../check.ts";
import type { CheckReport } from "../checked.ts";
import { baselineOf, parseBaseline } from "./baseline.ts";
import type { Exemption } from "./exemptions.ts";
import { failsOn } from "./failOn.ts";
import { type Accepted, suppress } from "./suppress.ts";
import { suppressionComments } from "./suppressionComments.ts";

const TEXT = `apiVersion: v1
kind: Pod
metadata: { name: a, namespace: shop }
spec:
  hostPID: true
  securityContext: { runAsUser: 1000, runAsGroup: 1000 }
  containers:
    - name: app
      image: registry/app:1
      securityContext: { privileged: true }
    - name: side
      image: other/side:1
      securityContext: { privileged: true }
`;

function reportOf(text: string): CheckReport {
  const pods = readManifest(text, "pod.yaml").pods.map((pod) =>
    checkPodDocument(pod, [composeWorld({})], { level: "baseline" }),
  );
  return { pods, errors: [], skipped: [], files: 1, unusedSuppressions: [] };
}

/** A `*` at the end is all that these tests need. */
function matches(pattern: string, text: string): boolean {
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

function accepted(parts: Partial<Accepted>): Accepted {
  return {
    comments: [],
    exemptions: [],
    matches,
    matchesPath: matches,
    today: "2026-11-28",
    imagesOf: () =>
      new Map([
        ["app", "registry/app:1"],
        ["side", "other/side:1"],
      ]),
    pathOf: (file) => `deploy/${file}`,
    named: String,
    ...parts,
  };
}

function suppressedBy(report: CheckReport): string[] {
  return report.pods.flatMap(({ findings }) =>
    findings.map(({ id, container = "pod", suppressed }) =>
      suppressed === undefined ? `${id} ${container} open` : `${id} ${container} ${suppressed.at}`,
    ),
  );
}

const EXEMPTION: Exemption = { checks: ["podsecurity.*"], reason: "because", at: "c:1" };
const CASES: readonly [string, Partial<Exemption>, (line: string) => boolean][] = [
  ["all of a check", {}, () => true],
  ["one id", { checks: ["podsecurity.privileged"] }, (line) => line.includes(".privileged ")],
  ["a namespace", { namespace: "shop" }, () => true],
  ["another namespace", { namespace: "shops" }, () => false],
  ["a path, from the configuration's folder", { path: "deploy/*" }, () => true],
  ["a path as it was typed", { path: "pod.yaml" }, () => false],
  ["an image: its container alone", { image: "registry/*" }, (line) => line.includes(" app ")],
  ["an image that all have: the pod too", { image: "*" }, () => true],
  ["image and namespace that do not go together", { image: "*", namespace: "x" }, () => false],
  ["until today", { expires: "2026-11-28" }, () => true],
  ["until yesterday", { expires: "2026-11-27" }, () => false],
];
for (const [title, parts, isAccepted] of CASES) {
  test(`exemption: ${title}`, () => {
    const report = suppress(reportOf(TEXT), accepted({ exemptions: [{ ...EXEMPTION, ...parts }] }));
    const lines = suppressedBy(report).filter((line) => line.startsWith("podsecurity."));
    assert.equal(lines.length, 3);
    for (const line of lines) assert.equal(line.endsWith(" c:1"), isAccepted(line), line);
    const isUsed = lines.some((line) => line.endsWith(" c:1"));
    assert.equal(report.unusedSuppressions.length, isUsed ? 0 : 1);
    assert.equal(
      report.unusedSuppressions[0]?.expired,
      parts.expires === "2026-11-27" ? "2026-11-27" : undefined,
    );
  });
}

for (const [path, isPartial, unused] of [
  ["deploy/other.yaml", false, 1],
  ["deploy/other.yaml", true, 0],
  ["deploy/pod.yaml", true, 1],
] as const) {
  test(`unused is what speaks of ${path} ${isPartial ? "where files were named" : "of a folder"}: ${unused}`, () => {
    const exemption = { ...EXEMPTION, checks: ["risk.none"], path };
    const report = suppress(reportOf(TEXT), accepted({ exemptions: [exemption], isPartial }));
    assert.equal(report.unusedSuppressions.length, unused);
  });
}

test("comment, configuration, baseline: the first is told, all are used", () => {
  const text = TEXT.replace("hostPID: true", "hostPID: true # secctx-ignore podsecurity.*: debug");
  const first = reportOf(text);
  const report = suppress(
    first,
    accepted({
      comments: suppressionComments(text, "pod.yaml"),
      exemptions: [{ ...EXEMPTION, image: "*" }],
      baseline: { content: baselineOf(first, String), at: "known.json" },
    }),
  );
  const lines = suppressedBy(report);
  assert.ok(lines.some((line) => /hostNamespaces pod pod\.yaml:5$/.test(line)));
  assert.ok(lines.some((line) => /privileged app c:1$/.test(line)));
  assert.ok(lines.every((line) => !line.endsWith("open")));
  assert.deepEqual(report.unusedSuppressions, []);
});

test("a baseline lists what is open or was known, and is its own inverse", () => {
  const report = reportOf(TEXT);
  const content = parseBaseline(JSON.parse(JSON.stringify(baselineOf(report, String))));
  const known = suppress(report, accepted({ baseline: { content, at: "k" } }));
  assert.ok(suppressedBy(known).every((line) => line.endsWith(" k")));
  assert.deepEqual(baselineOf(known, String), content);
  const exempt = suppress(report, accepted({ exemptions: [EXEMPTION] }));
  assert.ok(baselineOf(exempt, String).findings.every(({ id }) => !id.startsWith("podsecurity.")));
});

test("a baseline accepts what it lists, a comment without effect too", () => {
  const text = TEXT.replace("hostPID: true", "hostPID: true # secctx-ignore podsecurity.runAsUser");
  const comments = suppressionComments(text, "pod.yaml");
  const first = suppress(reportOf(text), accepted({ comments }));
  const content = baselineOf(first, String);
  assert.ok(content.findings.some(({ id }) => id === "manifest.suppressionComment"));
  const known = suppress(reportOf(text), accepted({ comments, baseline: { content, at: "k" } }));
  assert.deepEqual(known.unusedSuppressions, []);
  assert.ok(suppressedBy(known).every((line) => line.endsWith(" k")));
});

test("a baseline speaks only of files that were read", () => {
  const content = baselineOf(reportOf(TEXT), String);
  const none: CheckReport = { ...reportOf(TEXT), pods: [] };
  const { unusedSuppressions } = suppress(none, accepted({ baseline: { content, at: "k" } }));
  assert.deepEqual(unusedSuppressions, []);
});

for (const value of [null, 3, {}, { version: 2, findings: [] }, { version: 1, findings: [{}] }]) {
  test(`no baseline: ${JSON.stringify(value)}`, () => {
    assert.throws(() => parseBaseline(value), TypeError);
  });
}

for (const [comment, message] of [
  ["podsecurity.x", "say why, behind a colon: # secctx-ignore podsecurity.x: <reason>"],
  ["a, b:   ", "say why, behind a colon: # secctx-ignore a, b: <reason>"],
  [": why", "name what it accepts: # secctx-ignore <id>: <reason>"],
] as const) {
  test(`a comment that accepts nothing: ${comment}`, () => {
    const text = `${TEXT}# secctx-ignore ${comment}\n`;
    const comments = suppressionComments(text, "pod.yaml");
    const report = suppress(reportOf(text), accepted({ comments }));
    const found = report.pods.flatMap(({ findings }) => findings).at(-1);
    assert.equal(found?.id, "manifest.suppressionComment");
    assert.equal(found.message, `this secctx-ignore accepts nothing: ${message}`);
    assert.equal(found.line, 14);
    assert.match(found.fingerprint, /^[0-9a-f]{16}$/);
  });
}

for (const [comment, message, left] of [
  [
    "podsecurity.hostNamespace: why",
    "podsecurity.hostNamespace: there is no such finding; did you mean podsecurity.hostNamespaces?",
    3,
  ],
  [
    "privileged: why",
    "privileged: there is no such finding; did you mean apiserver.privileged or podsecurity.privileged?",
    3,
  ],
  ["podsecurity.privileged, no.such: why", "no.such: there is no such finding", 1],
  [
    "nor.this, no.such: why",
    "nor.this: there is no such finding; secctx-ignore no.such: there is no such finding",
    3,
  ],
] as const) {
  test(`a comment of what is no finding: ${comment}`, () => {
    const text = `# secctx-ignore ${comment}\n${TEXT}`;
    const comments = suppressionComments(text, "pod.yaml");
    const report = suppress(reportOf(text), accepted({ comments }));
    const findings = report.pods.flatMap((pod) => pod.findings);
    assert.equal(findings.at(-1)?.message, `secctx-ignore ${message}`);
    const open = findings.filter(
      ({ id, suppressed }) => id.startsWith("podsecurity.") && suppressed === undefined,
    );
    assert.equal(open.length, left);
    assert.deepEqual(report.unusedSuppressions, []);
  });
}

test("in a file without a pod it is told as unused", () => {
  const comments = suppressionComments("# secctx-ignore x\na: 1\n", "other.yaml");
  const { unusedSuppressions } = suppress(reportOf(TEXT), accepted({ comments }));
  assert.deepEqual(
    unusedSuppressions.map(({ at }) => at),
    ["other.yaml:1"],
  );
});

test("fail on a severity takes the worse ones along", () => {
  const finding = reportOf(TEXT).pods[0]?.findings[0];
  assert.ok(finding);
  for (const [words, severity, expected] of [
    [["refusal"], "refusal", true],
    [["refusal"], "warning", false],
    [["warning"], "refusal", true],
    [["note"], "note", true],
    [["never"], "refusal", false],
    [["podsecurity.*"], "note", true],
    [["never", "risk.*"], "refusal", false],
  ] as const) {
    assert.equal(
      failsOn(words, matches)({ ...finding, severity }),
      expected,
      `${words} ${severity}`,
    );
  }
});

test("suppressing never loses or adds a finding, and a second time changes nothing", () => {
  const report = reportOf(TEXT);
  const pattern = fc.constantFrom("podsecurity.*", "risk.*", "*", "x", "podsecurity.privileged");
  const exemption = fc.record({ checks: fc.array(pattern, { minLength: 1 }), namespace: pattern });
  fc.assert(
    fc.property(fc.array(exemption), (parts) => {
      const exemptions = parts.map((part) => ({ ...EXEMPTION, ...part }));
      const once = suppress(report, accepted({ exemptions }));
      assert.deepEqual(
        once.pods.map(({ findings }) => findings.map(({ fingerprint }) => fingerprint)),
        report.pods.map(({ findings }) => findings.map(({ fingerprint }) => fingerprint)),
      );
      const twice = suppress({ ...once, unusedSuppressions: [] }, accepted({ exemptions }));
      assert.deepEqual(twice, once);
    }),
  );
});
