// docs/ENGINES.md: it shows today's cases, and what no run has shown does not pass.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { enginesPage, withEnginesTable } from "../../tools/docs/engines.ts";
import { casesFor } from "./cases/cases.ts";
import type { Cell } from "./cell.ts";

const CELL: Cell = {
  case: "runAsUser 65534",
  origin: "e2e common/node 1",
  engine: "docker",
  rulesOf: "docker 20.10",
  verdict: "deviates",
  because: "of a reason",
};

test("a deviation has the number of its reason, a case that was not run is no pass", () => {
  const page = enginesPage({ docker: [CELL] });
  assert.match(page, /^\| runAsUser 65534 \| e2e common\/node 1 \| ✗ \| 1 \| ✗ \|$/m);
  assert.match(page, /^\| userns mode POD \| .* \| – \| – \| ✗ \|$/m);
  assert.match(page, /docker \(docker 20\.10\)/);
  assert.match(page, /^1\. of a reason$/m);
});

test("the page has every case, and no case that is gone", () => {
  const page = readFileSync("docs/ENGINES.md", "utf8");
  const shown = [...page.matchAll(/^\| (.+?) \| (.+?) \|/gm)].map(([, name]) => name).slice(2);
  assert.deepEqual(
    shown,
    casesFor("cri").map(({ name }) => name),
  );
});

test("the README's table stands between its marks, and has the same cases", () => {
  const page = "a\n<!-- engines:begin -->\nold\n<!-- engines:end -->\nb\n";
  const written = withEnginesTable(page, { docker: [CELL] });
  assert.match(written, /^a\n<!-- engines:begin -->\n\| engine \|/);
  assert.match(written, /^\| docker \(docker 20\.10\) \| 0 \| 1 \| \d+ \| \d+ \|$/m);
  assert.match(written, /<\/details>\n<!-- engines:end -->\nb\n$/);
  const readme = readFileSync("README.md", "utf8");
  for (const { name } of casesFor("cri")) assert.ok(readme.includes(`\n| ${name} | `), name);
});

test("no name stands for two cases", () => {
  const names = casesFor("cri").map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
});
