// Whatever the style in which a pod is written: its edits come to the changed data, and no other line is touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkComments } from "../../../../test/commentOwners.ts";
import { writeYaml, type YamlStyle } from "../../../../test/yamlWriter.ts";
import { applyEdits, type TextEdit } from "../../model/edit.ts";
import type { JsonValue } from "../../model/json.ts";
import { applyChanges, type FieldChange } from "../../rules/changes.ts";
import { readManifest } from "../manifest.ts";
import { editsFor } from "./editsFor.ts";

const names = fc.subarray(["ALL", "CHOWN", "NET_RAW", "all", "CAP_KILL"]);
const profile = fc.constantFrom(
  null,
  {},
  { type: "Unconfined" },
  { type: "Localhost", localhostProfile: "a/b.json" },
  { type: "RuntimeDefault" },
);
const context = fc.option(
  fc.record(
    {
      privileged: fc.boolean(),
      runAsUser: fc.constantFrom(0, 1000),
      runAsNonRoot: fc.option(fc.boolean()),
      seccompProfile: profile,
      capabilities: fc.option(fc.record({ add: names, drop: names }, { requiredKeys: [] })),
    },
    { requiredKeys: [] },
  ),
);
const port = fc.record(
  { hostPort: fc.constant(80), containerPort: fc.constant(1) },
  { requiredKeys: ["containerPort"] },
);
const container = fc.record(
  {
    name: fc.constantFrom("a", "b"),
    image: fc.constant("x:1"),
    args: fc.subarray(["p", "q r", "# no comment", "s: t"]),
    ports: fc.array(port, { maxLength: 2 }),
    securityContext: context,
    resources: fc.constant(null),
  },
  { requiredKeys: ["name"] },
);
const pods = fc.record(
  {
    hostNetwork: fc.boolean(),
    securityContext: context,
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    restartPolicy: fc.constant("Never"),
  },
  { requiredKeys: ["containers"] },
);

const ofContext: fc.Arbitrary<readonly [readonly string[], unknown]> = fc.constantFrom(
  [["runAsNonRoot"], true],
  [["runAsUser"], 7],
  [["runAsUser"], undefined],
  [["privileged"], undefined],
  [["privileged"], false],
  [["allowPrivilegeEscalation"], false],
  [["seccompProfile"], { type: "RuntimeDefault" }],
  [["seccompProfile", "type"], "RuntimeDefault"],
  [["seccompProfile"], undefined],
  [["capabilities"], undefined],
  [["capabilities", "add"], undefined],
  [["capabilities", "add"], ["CHOWN"]],
  [["capabilities", "drop"], ["ALL"]],
  [
    ["capabilities", "drop"],
    ["CHOWN", "KILL"],
  ],
);
const changesOf = fc.array(
  fc.oneof(
    ofContext.map(([path, to]) => ({ path: ["spec", "securityContext", ...path], to })),
    fc.tuple(ofContext, fc.nat(1)).map(([[path, to], index]) => ({
      path: ["spec", "containers", index, "securityContext", ...path],
      to,
    })),
    fc.constantFrom(
      { path: ["spec", "hostNetwork"], to: undefined },
      { path: ["spec", "hostNetwork"], to: false },
    ),
    fc.tuple(fc.nat(1), fc.nat(1)).map(([index, at]) => ({
      path: ["spec", "containers", index, "ports", at, "hostPort"],
      to: undefined,
    })),
  ),
  { minLength: 1, maxLength: 6 },
);

const styles: fc.Arbitrary<YamlStyle> = fc.record({
  step: fc.constantFrom(2, 4),
  dash: fc.constantFrom(0, 2, 4),
  eol: fc.constantFrom("\n", "\r\n"),
  mark: fc.boolean(),
  lastBreak: fc.boolean(),
  dice: fc.array(fc.nat(99), { minLength: 1, maxLength: 40 }),
  flow: fc.constantFrom(0, 15, 50, 100),
  comments: fc.constantFrom(0, 20),
});

/** What is not there cannot be changed: items behind the end, fields below a text. */
function applicable(object: object, changes: readonly FieldChange[]): FieldChange[] {
  const kept: FieldChange[] = [];
  for (const change of changes) {
    try {
      applyChanges(object, [...kept, change]);
      kept.push(change);
    } catch {
      // An item that is not there.
    }
  }
  return kept.filter(({ path }) => path[3] !== "ports" || hasItem(object, path));
}

function hasItem(object: object, path: FieldChange["path"]): boolean {
  let value: unknown = object;
  for (const step of path.slice(0, -1)) value = (value as never)?.[step];
  return value !== undefined;
}

/** Of the lines that no edit reports, none is missing in the new text, and they keep their order. */
function checkOtherLines(text: string, edits: readonly TextEdit[], after: string): void {
  const touched = new Set<number>();
  for (const { range } of edits) {
    const last = range.end.column === 1 && range.end.offset > range.start.offset ? -1 : 0;
    if (range.start.offset === range.end.offset && range.start.column === 1) continue;
    for (let line = range.start.line; line <= range.end.line + last; line += 1) touched.add(line);
  }
  const lines = after.split("\n");
  let at = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (touched.has(index + 1)) continue;
    at = lines.indexOf(line, at) + 1;
    assert.notEqual(at, 0, `line ${index + 1} is as it was: ${line}`);
  }
}

function check(text: string, changes: readonly FieldChange[], mayRefuse: boolean): void {
  const manifest = readManifest(text, "p.yaml");
  const [document] = manifest.pods;
  assert.ok(document, JSON.stringify(manifest.errors));
  const { edits, refused } = editsFor(document, changes);
  if (!mayRefuse) assert.deepEqual(refused, []);
  const after = applyEdits(text, edits);
  const [changed] = readManifest(after, "p.yaml").pods;
  assert.ok(changed);
  const made = changes.filter(
    (change) => !refused.some((one) => one.change.path.join() === change.path.join()),
  );
  if (refused.length === 0) assert.deepEqual(changed.object, applyChanges(document.object, made));
  checkOtherLines(text, edits, after);
  checkComments(text, after);
  assert.equal(after.startsWith("\ufeff"), text.startsWith("\ufeff"));
  if (text.includes("\r\n")) assert.ok(!/(?<!\r)\n/.test(after), "line ends");
  if (refused.length === 0) assert.deepEqual(editsFor(changed, changes).edits, []);
}

test("any style of YAML, without comments: every change is made", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      check(writeYaml(pod, { ...style, comments: 0 }), applicable(pod, changes), false);
    }),
    { numRuns: 1500 },
  );
});

test("with comments anywhere: what is made is right, and each comment stays with what it speaks of", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      check(writeYaml(pod, style), applicable(pod, changes), true);
    }),
    { numRuns: 1000 },
  );
});

test("brackets over many lines, with comments: the same", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      const spread = { ...style, flow: 50, comments: 30, spread: 60 };
      check(writeYaml(pod, spread), applicable(pod, changes), true);
    }),
    { numRuns: 1000 },
  );
});

test("JSON, on one line and on many", () => {
  fc.assert(
    fc.property(pods, changesOf, fc.constantFrom(undefined, 2, "\t"), (spec, changes, indent) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      check(JSON.stringify(pod, null, indent), applicable(pod, changes), false);
    }),
    { numRuns: 500 },
  );
});

const members = fc.subarray(["privileged: true", "runAsUser: 0", "capabilities: {add: [CHOWN]}"]);
/** One container's context: its own, the anchor, or the anchor with something beside it. */
const uses = fc.constantFrom(
  "securityContext: {privileged: true}",
  "securityContext: *sc",
  "securityContext: {<<: *sc}",
  "securityContext: {<<: *sc, runAsUser: 5}",
  "securityContext: {runAsUser: 5, <<: *sc}",
  "<<: *container",
  "<<: [*other, *container]",
);
const placements = fc.constantFrom("x", "metadata");
test("anchors and merges: what is edited is right for all of their users, or refused", () => {
  fc.assert(
    fc.property(
      members,
      fc.tuple(uses, uses),
      placements,
      changesOf,
      (base, both, place, changes) => {
        const [first, second] = both;
        const text = `kind: Pod
${place}:
  sc: &sc {${base.join(", ")}}
  container: &container
    image: y
    securityContext: *sc
  other: &other {workingDir: /}
spec:
  containers:
  - name: a
    ${first}
  - name: b
    ${second}
`;
        const [document] = readManifest(text, "p.yaml").pods;
        assert.ok(document);
        check(text, applicable(document.object, changes), true);
      },
    ),
    { numRuns: 1000 },
  );
});
