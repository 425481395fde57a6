// `check` as JUnit XML: a suite per file, a case per workload, a failure per finding that fails the command.
import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import type { ManifestError } from "../../core/manifest/manifest.ts";
import { skippedName } from "../restText.ts";
import { hinted } from "./hinted.ts";
import { kindOf } from "./kind.ts";
import { nothingText } from "./nothing.ts";
import { xmlText } from "./xmlText.ts";

interface Case {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "broken" | "skipped";
  /** Elements inside of it. */
  readonly inner: string;
}

export interface JunitOptions {
  /** Default: refusals and warnings. */
  readonly fails?: (one: CheckFinding) => boolean;
}

/** What fails the command is a failure, other findings are a case's output; what could not be read is an error, what has no pod is skipped. */
export function junitXml(report: CheckReport, { fails = isFailure }: JunitOptions = {}): string {
  const files = new Map<string, Case[]>();
  const into = (file: string, one: Case): void => {
    files.set(file, [...(files.get(file) ?? []), one]);
  };
  for (const pod of report.pods) into(pod.source.file, caseOf(pod, fails));
  for (const error of report.errors) into(error.file, brokenCase(error));
  for (const one of report.skipped) {
    into(one.file, {
      name: skippedName(one),
      outcome: "skipped",
      inner: `      <skipped message="${xmlText(one.reason)}"/>\n`,
    });
  }
  const nothing = nothingText(report);
  if (nothing !== "") {
    const inner = `      <error message="${xmlText(nothing)}"/>\n`;
    into("secctx check", { name: "check", outcome: "broken", inner });
  }
  const suites = [...files].map(([file, cases]) => suiteText(file, cases));
  const all = [...files.values()].flat();
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="secctx" ${countsOf(all)}>\n${suites.join("")}</testsuites>\n`;
}

function suiteText(file: string, cases: readonly Case[]): string {
  const texts = cases.map(
    ({ name, inner }) =>
      `    <testcase name="${xmlText(name)}" classname="${xmlText(file)}" time="0">\n${inner}    </testcase>\n`,
  );
  return `  <testsuite name="${xmlText(file)}" ${countsOf(cases)}>\n${texts.join("")}  </testsuite>\n`;
}

function countsOf(cases: readonly Case[]): string {
  const number = (wanted: Case["outcome"]): number =>
    cases.filter(({ outcome }) => outcome === wanted).length;
  return `tests="${cases.length}" failures="${number("failed")}" errors="${number("broken")}" skipped="${number("skipped")}" time="0"`;
}

function brokenCase(error: ManifestError): Case {
  const { file, document, line, column } = error;
  const message = hinted(error);
  const text = xmlText(`${file}:${line}:${column}: ${message}`);
  return {
    name: `document ${document + 1}`,
    outcome: "broken",
    inner: `      <error message="${xmlText(message)}">${text}</error>\n`,
  };
}

function caseOf({ workload, findings }: CheckedPod, fails: (one: CheckFinding) => boolean): Case {
  const { kind, namespace, name } = workload;
  const failures = findings.filter(fails);
  const others = findings.filter((finding) => !fails(finding));
  const inner = failures.map(
    (finding) =>
      `      <failure type="${xmlText(finding.id)}" message="${xmlText(finding.message)}">${xmlText(lineOf(finding))}</failure>\n`,
  );
  if (others.length > 0) {
    inner.push(`      <system-out>${xmlText(others.map(lineOf).join("\n"))}</system-out>\n`);
  }
  return {
    name: `${kind} ${namespace}/${name}`,
    outcome: failures.length > 0 ? "failed" : "passed",
    inner: inner.join(""),
  };
}

function isFailure({ severity, suppressed }: CheckFinding): boolean {
  return severity !== "note" && suppressed === undefined;
}

function lineOf(finding: CheckFinding): string {
  const { file, line = 1, column = 1, id, container, suppressed } = finding;
  const who = container === undefined ? "" : `, container ${container}`;
  const why =
    suppressed === undefined ? "" : ` suppressed at ${suppressed.at}: ${suppressed.reason}`;
  return `${file}:${line}:${column}: ${kindOf(finding)}: ${hinted(finding)} [${id}${who}]${why}`;
}
