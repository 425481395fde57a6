// A run that checked nothing: what it says, when it says nothing, and that the forms stay valid with it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { CheckReport, SkippedDocument } from "../../core/answers/checked.ts";
import { PLAIN } from "../style.ts";
import { CHECK_FORMS, type FormOptions } from "./forms.ts";
import { nothingText, nothingWhy } from "./nothing.ts";

const require = createRequire(import.meta.url);
const SAID = "nothing was checked, which is an error (exit code 2) without --allow-none";
const EMPTY: SkippedDocument = {
  ...{ file: "a.yaml", whole: "file", document: 0, kind: "", reason: "empty" },
};
const OPTIONS: FormOptions = { style: PLAIN, columns: 80, quiet: false, version: "0.0.0" };

function report(parts: Partial<CheckReport> = {}): CheckReport {
  return { pods: [], errors: [], skipped: [EMPTY], files: 1, unusedSuppressions: [], ...parts };
}

function formed(form: string, one: CheckReport): string {
  const write = CHECK_FORMS[form];
  assert.ok(write);
  return write(one, OPTIONS);
}

const UNREAD = { file: "b", document: 0, line: 1, column: 1, message: "no", excerpt: "" };
const ROWS: readonly (readonly [string, CheckReport, number, string])[] = [
  ["nothing", report(), 0, SAID],
  ["nothing, and that is allowed", report({ isNoneAllowed: true }), 0, ""],
  ["pods that are told elsewhere", report(), 3, ""],
  ["what could not be read says why itself", report({ errors: [UNREAD] }), 0, ""],
];
for (const [what, one, counted, said] of ROWS) {
  test(what, () => assert.equal(nothingText(one, counted), said));
}

test("with what was there instead", () => {
  assert.equal(nothingWhy(report()), `${SAID}; skipped: 1 file, empty`);
  assert.equal(nothingWhy(report({ skipped: [] })), SAID);
  assert.equal(formed("github", report()), `::error title=secctx::${nothingWhy(report())}\n`);
});

test("sarif stays valid, and says that it failed", () => {
  const { default: Ajv } = require("ajv-draft-04");
  const schema = fileURLToPath(
    import.meta.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
  );
  const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    JSON.parse(readFileSync(schema, "utf8")),
  );
  const log = JSON.parse(formed("sarif", report()));
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
  const [{ executionSuccessful, toolExecutionNotifications }] = log.runs[0].invocations;
  assert.equal(executionSuccessful, false);
  assert.deepEqual(toolExecutionNotifications[0], { level: "error", message: { text: SAID } });
});

test("junit has a case that is an error", () => {
  assert.match(
    formed("junit", report()),
    /<testsuites name="secctx" tests="2" failures="0" errors="1" skipped="1"/,
  );
});
