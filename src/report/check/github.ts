// `check` as GitHub's workflow commands: annotations on the lines of a pull request.
// @see docs.github.com, Workflow commands for GitHub Actions: error, warning, notice
import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import type { Range } from "../../core/model/finding.ts";
import { type Group, groupBy } from "../../core/rules/groupBy.ts";
import { count } from "../count.ts";
import { hinted } from "./hinted.ts";
import { type Kind, kindOf } from "./kind.ts";
import { nothingWhy } from "./nothing.ts";
import { ASKED } from "./whoText.ts";

const COMMANDS = { refusal: "error", warning: "warning", note: "notice" } as const;

/** A line per place and severity of what is not suppressed, and per document that could not be read. */
export function githubCommands(report: CheckReport): string {
  const lines = report.errors.map((error) =>
    command(
      "error",
      { file: error.file, line: error.line, col: error.column, title: "secctx" },
      hinted(error),
    ),
  );
  const nothing = nothingWhy(report);
  if (nothing !== "") lines.push(command("error", { title: "secctx" }, nothing));
  for (const pod of report.pods) lines.push(...annotationsOf(pod));
  return lines.map((line) => `${line}\n`).join("");
}

/** GitHub shows ten of a step and drops the others: what is said of one place with one weight is one of them. */
function annotationsOf({ findings }: CheckedPod): string[] {
  const told = findings.filter(({ suppressed }) => suppressed === undefined);
  const places = groupBy(told, (one) => [one.file, one.line, one.column, kindOf(one)].join("\0"));
  return [...places.values()].map(annotation);
}

function annotation(said: Group<CheckFinding>): string {
  const [first] = said;
  const { file, line = 1, column = 1, range, severity } = first;
  const isAlone = said.length === 1;
  const title = isAlone ? first.id : titleOf(said.length, kindOf(first));
  const place = { file, line, col: column, ...endOf(range), title: `secctx: ${title}` };
  const sentences = said.map((one) => (isAlone ? hinted(one) : `${hinted(one)} [${one.id}]`));
  const who = new Set(said.map(saying));
  return command(COMMANDS[severity], place, [...sentences, ...who].join("\n"));
}

function titleOf(number: number, kind: Kind): string {
  return kind === "unmet" ? count(number, "unmet requirement") : count(number, kind);
}

function saying({ origin, container, asked }: CheckFinding): string {
  const who = asked === true ? `${origin}, ${ASKED}` : origin;
  return container === undefined ? who : `${who}, container ${container}`;
}

/** GitHub takes a column's end only on the same line. */
function endOf(range: Range | undefined): Readonly<Record<string, number>> {
  if (range === undefined) return {};
  const { start, end } = range;
  return start.line === end.line
    ? { endLine: end.line, endColumn: end.column }
    : { endLine: end.line };
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const told = Object.entries(properties).map(
    ([key, value]) => `${key}=${property(String(value))}`,
  );
  return `::${name} ${told.join(",")}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
