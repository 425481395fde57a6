// `check` as JUnit XML: a suite per file, a case per workload, a failure per refusal or warning.
import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import { xmlText } from "./xmlText.ts";

/** Notes are told as a case's output; a file that could not be read is an error. */
export function junitXml(report: CheckReport): string {
  const files = [
    ...new Set([
      ...report.pods.map(({ source }) => source.file),
      ...report.errors.map(({ file }) => file),
    ]),
  ];
  const suites = files.map((file) => suiteOf(file, report));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="secctx">\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(file: string, { pods, errors }: CheckReport): string {
  const own = pods.filter(({ source }) => source.file === file);
  const unread = errors.filter((error) => error.file === file);
  const failures = own.filter((pod) => failuresOf(pod).length > 0).length;
  const counts = `tests="${own.length + unread.length}" failures="${failures}" errors="${unread.length}"`;
  const cases = own.map(caseOf);
  for (const { line, column, message, document } of unread) {
    cases.push(
      `    <testcase name="document ${document}" classname="${xmlText(file)}">\n      <error message="${xmlText(message)}">${xmlText(`${file}:${line}:${column}: ${message}`)}</error>\n    </testcase>\n`,
    );
  }
  return `  <testsuite name="${xmlText(file)}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
}

function caseOf(pod: CheckedPod): string {
  const { kind, namespace, name } = pod.workload;
  const failures = failuresOf(pod).map(
    (finding) =>
      `      <failure type="${xmlText(finding.id)}" message="${xmlText(finding.message)}">${xmlText(lineOf(finding))}</failure>\n`,
  );
  const notes = pod.findings.filter(
    ({ severity, suppressed }) => severity === "note" || suppressed !== undefined,
  );
  const output =
    notes.length === 0
      ? ""
      : `      <system-out>${xmlText(notes.map(lineOf).join("\n"))}</system-out>\n`;
  return `    <testcase name="${xmlText(`${kind} ${namespace}/${name}`)}" classname="${xmlText(pod.source.file)}">\n${failures.join("")}${output}    </testcase>\n`;
}

function failuresOf({ findings }: CheckedPod): readonly CheckFinding[] {
  return findings.filter(
    ({ severity, suppressed }) => severity !== "note" && suppressed === undefined,
  );
}

function lineOf({
  file,
  line = 1,
  column = 1,
  severity,
  message,
  id,
  container,
}: CheckFinding): string {
  const who = container === undefined ? "" : `, container ${container}`;
  return `${file}:${line}:${column}: ${severity}: ${message} [${id}${who}]`;
}
