// `check` as GitHub's workflow commands: annotations on the lines of a pull request.
// @see docs.github.com, Workflow commands for GitHub Actions: error, warning, notice
import type { CheckReport } from "../../core/answers/checked.ts";
import type { Range } from "../../core/model/finding.ts";
import { hinted } from "./hinted.ts";
import { nothingWhy } from "./nothing.ts";

const COMMANDS = { refusal: "error", warning: "warning", note: "notice" } as const;

/** A line per finding that is not suppressed, and per document that could not be read. */
export function githubCommands(report: CheckReport): string {
  const lines = report.errors.map(({ file, line, column, message }) =>
    command("error", { file, line, col: column, title: "secctx" }, message),
  );
  const nothing = nothingWhy(report);
  if (nothing !== "") lines.push(command("error", { title: "secctx" }, nothing));
  for (const finding of report.pods.flatMap((pod) => pod.findings)) {
    if (finding.suppressed !== undefined) continue;
    const { file, line = 1, column = 1, range, id, severity, origin, container } = finding;
    const place = { file, line, col: column, ...endOf(range), title: `secctx: ${id}` };
    const who = container === undefined ? origin : `${origin}, container ${container}`;
    lines.push(command(COMMANDS[severity], place, `${hinted(finding)}\n${who}`));
  }
  return lines.map((line) => `${line}\n`).join("");
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
