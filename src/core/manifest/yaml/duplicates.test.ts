import assert from "node:assert/strict";
import { test } from "node:test";
import { goldenRows } from "../../../../test/golden.ts";
import { DEFAULT_LIMITS } from "./budget.ts";
import { compose } from "./compose.ts";

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly text: string;
  readonly error?: string;
  readonly strictError?: string;
}

test("where go-yaml's strict decoder finds a key twice, and on that line", () => {
  let found = 0;
  for (const { name, kind, text, error, strictError } of goldenRows<Row>("yaml-1.6.0/yaml.jsonl")) {
    if (kind !== "value" || error !== undefined) continue;
    const lines = [...(strictError ?? "").matchAll(/line (\d+): key/g)].map(([, line]) => line);
    found += lines.length;
    assert.deepEqual(linesOf(text), [...new Set(lines)], name);
  }
  assert.ok(found > 5);
});

function linesOf(text: string): string[] {
  const { duplicates } = compose(text, { limits: DEFAULT_LIMITS });
  const lines = duplicates.map(({ value }) => text.slice(0, value).split(/\r\n|[\r\n]/).length);
  return [...new Set(lines.map(String))];
}

test("the path of a key written twice, and where it stands", () => {
  const text = "spec:\n  containers:\n  - name: a\n    image: x\n    name: b\n";
  const [duplicate, ...more] = compose(text, { limits: DEFAULT_LIMITS }).duplicates;
  assert.deepEqual(more, []);
  assert.deepEqual(duplicate?.path, ["spec", "containers", 0, "name"]);
  assert.equal(text.slice(duplicate?.start, duplicate?.end), "name");
  assert.equal(duplicate?.start, text.lastIndexOf("name"));
  assert.equal(duplicate?.merged, false);
});

test("a hundred are reported, however many there are", () => {
  const text = Array.from({ length: 5000 }, (_, at) => `k${at}: 1\nk${at}: 2\n`).join("");
  assert.equal(compose(text, { limits: DEFAULT_LIMITS }).duplicates.length, 100);
});
