// secctx.yaml: the published schema and what secctx reads agree, and every mistake has its place and its word.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import fc from "fast-check";
import published from "../../../schema/config.schema.json" with { type: "json" };
import type { JsonValue } from "../../core/model/json.ts";
import { UsageError } from "../errors.ts";
import { CONFIG_SCHEMA } from "./configSchema.ts";
import { parseConfig, throwMistakes } from "./parseConfig.ts";
import { matchesPath } from "./patterns.ts";
import { schemaErrors } from "./schemaErrors.ts";

test("schema/config.schema.json is written from the schema that is read (tools/docs/configSchema.ts)", () => {
  assert.deepEqual(published, CONFIG_SCHEMA);
});

test("whatever the value, secctx and ajv agree on whether it is a configuration", () => {
  const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(CONFIG_SCHEMA);
  const scalar = fc.constantFrom<unknown>("x", "", " ", "1.37", "2026-12-31", 3, true, null, {}, [
    "x",
  ]);
  const mostly = (...good: unknown[]): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: scalar });
  const exemption = fc.record(
    {
      check: mostly("x.y", ["a", "b"]),
      reason: mostly("because"),
      expires: mostly("2026-12-31"),
      path: mostly("a/**"),
    },
    { requiredKeys: ["check", "reason"] },
  );
  const config = fc.record(
    {
      level: mostly("baseline"),
      kubernetes: mostly("1.37", "v1.30..1.37"),
      include: mostly([], ["a"]),
      failOn: mostly("never", ["note", "a.b"]),
      exemptions: fc.array(exemption, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );
  let valid = 0;
  fc.assert(
    fc.property(
      fc.oneof({ weight: 9, arbitrary: config }, { weight: 1, arbitrary: scalar }),
      (value) => {
        const errors = schemaErrors(value as JsonValue, CONFIG_SCHEMA);
        assert.equal(errors.length === 0, isValid(value), JSON.stringify(errors));
        if (errors.length === 0) valid += 1;
      },
    ),
    { numRuns: 1000 },
  );
  assert.ok(valid > 20, `${valid} of them were valid`);
});

function mistaken(text: string): void {
  const { config, mistakes } = parseConfig(text, "c.yaml");
  throwMistakes(config, mistakes);
}

const MISTAKES: readonly [string, string][] = [
  ["levle: baseline\n", "c.yaml:1:1: unknown field levle; did you mean level?"],
  [
    "level: restrcted\n",
    "c.yaml:1:1: level is privileged, baseline or restricted, not restrcted; did you mean restricted?",
  ],
  [
    "\n\nkubernetes: 1.30\n",
    "c.yaml:3:1: kubernetes has to be a text, not number 1.3; write it in quotes",
  ],
  ["exclude: x\n", "c.yaml:1:1: exclude has to be a list, not a text"],
  ["failOn: {}\n", "c.yaml:1:1: failOn has to be a text or a list, not a mapping"],
  ["- a\n", "c.yaml:1:1: the configuration has to be a mapping, not a list"],
  ["exemptions:\n  - check: []\n    reason: x\n", "c.yaml:2:5: exemptions[0].check is empty"],
  [
    "exemptions:\n  - check: x\n    reason: ' '\n",
    'c.yaml:3:5: exemptions[0].reason cannot be " " (why it is accepted)',
  ],
  ["a: [\n", "c.yaml:2:1: yaml: did not find expected node content"],
];
for (const [text, message] of MISTAKES) {
  test(`mistake: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => mistaken(text),
      (error) => error instanceof UsageError && error.message.split("\n")[0] === message,
    );
  });
}

test("an empty file configures nothing; a full one everything", () => {
  assert.deepEqual(parseConfig("", "c.yaml").config.exemptions, []);
  const { config } = parseConfig(
    "level: baseline\nfailOn: note\nexemptions:\n  - { check: a, reason: b }\n  - check: [c, d]\n    reason: e\n    expires: 2026-12-31\n",
    "c.yaml",
  );
  assert.equal(config.level, "baseline");
  assert.deepEqual(config.failOn, ["note"]);
  assert.deepEqual(config.exemptions, [
    { checks: ["a"], reason: "b", at: "c.yaml:4" },
    { checks: ["c", "d"], reason: "e", expires: "2026-12-31", at: "c.yaml:5" },
  ]);
});

test("a folder's name stands for all in it", () => {
  assert.ok(matchesPath("deploy/test", "deploy/test/a/b.yaml"));
  assert.ok(matchesPath("./deploy/test/", "deploy/test/b.yaml"));
  assert.ok(matchesPath("**/*.gen.yaml", "a/b.gen.yaml"));
  assert.ok(!matchesPath("deploy/test", "deploy/tests/b.yaml"));
});

test("the README's secctx.yaml is one", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const [, text = ""] = /```yaml\n(level: [\s\S]*?)```/.exec(readme) ?? [];
  const { exemptions, include } = parseConfig(text, "secctx.yaml").config;
  assert.equal(exemptions.length, 1);
  assert.deepEqual(include, ["deploy"]);
});
