// The forms of `check`'s answer by name; each is a pure function from the report to text.
import type { CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import { writeJson } from "../../core/rules/json.ts";
import { githubCommands } from "./github.ts";
import { gitlabReport } from "./gitlab.ts";
import { checkHtml } from "./html.ts";
import { junitXml } from "./junit.ts";
import { checkMarkdown } from "./markdown.ts";
import { sarifLog } from "./sarif.ts";
import { type CheckTextOptions, checkText } from "./text.ts";

export interface FormOptions extends CheckTextOptions {
  readonly version: string;
  /** What makes the command fail: what a test suite's failures are. Default: refusals and warnings. */
  readonly fails?: (one: CheckFinding) => boolean;
}
export type Form = (report: CheckReport, options: FormOptions) => string;

/** yaml is missing here: its library is loaded by the shell. */
export const CHECK_FORMS: Readonly<Record<string, Form>> = {
  text: checkText,
  json: ({ pods }) => `${writeJson(pods.length === 1 ? pods[0] : pods, { indent: 2 })}\n`,
  jsonl: ({ pods }) => pods.map((pod) => `${writeJson(pod)}\n`).join(""),
  sarif: (report, options) => `${writeJson(sarifLog(report, options), { indent: 2 })}\n`,
  junit: junitXml,
  github: githubCommands,
  gitlab: (report) => `${writeJson(gitlabReport(report), { indent: 2 })}\n`,
  markdown: checkMarkdown,
  html: checkHtml,
};
