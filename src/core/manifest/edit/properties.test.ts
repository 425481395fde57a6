// Whatever the style in which a pod is written: its edits come to the changed data, and no other line is touched.
import { test } from "node:test";
import fc from "fast-check";
import { applicable, changesOf, checkEdits } from "../../../../test/editChecks.ts";
import { writeYaml, type YamlStyle } from "../../../../test/yamlWriter.ts";
import type { JsonValue } from "../../model/json.ts";

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

test("any style of YAML, without comments: every change is made", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      checkEdits(writeYaml(pod, { ...style, comments: 0 }), applicable(pod, changes), false);
    }),
    { numRuns: 1500 },
  );
});

test("with comments anywhere: what is made is right, and each comment stays with what it speaks of", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      checkEdits(writeYaml(pod, style), applicable(pod, changes), true);
    }),
    { numRuns: 1000 },
  );
});

test("brackets over many lines, with comments: the same", () => {
  fc.assert(
    fc.property(pods, changesOf, styles, (spec, changes, style) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      const spread = { ...style, flow: 50, comments: 30, spread: 60 };
      checkEdits(writeYaml(pod, spread), applicable(pod, changes), true);
    }),
    { numRuns: 1000 },
  );
});

test("JSON, on one line and on many", () => {
  fc.assert(
    fc.property(pods, changesOf, fc.constantFrom(undefined, 2, "\t"), (spec, changes, indent) => {
      const pod = { kind: "Pod", spec } as unknown as JsonValue & object;
      checkEdits(JSON.stringify(pod, null, indent), applicable(pod, changes), false);
    }),
    { numRuns: 500 },
  );
});
