// `check` as SARIF 2.1.0: what GitHub and other code scanning services read.
// @see SARIF 2.1.0, OASIS, sections 3.14 (run), 3.19 (toolComponent), 3.27 (result), 3.55 (fix)
import type { CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import type { TextEdit } from "../../core/model/edit.ts";
import type { Range } from "../../core/model/finding.ts";
import { titleOf } from "./titles.ts";

export interface SarifOptions {
  readonly version: string;
  /** Where the project's pages lie, for links: `https://…/docs/checks/`; relative without. */
  readonly home?: string;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const LEVELS = { refusal: "error", warning: "warning", note: "note" } as const;

/** The log as a JSON value; lines and columns from 1, columns in UTF-16 units. */
export function sarifLog(report: CheckReport, { version, home = "" }: SarifOptions): object {
  const findings = report.pods.flatMap((pod) => pod.findings);
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "secctx",
            semanticVersion: version,
            rules: ids.map((id) => ruleOf(id, findings, home)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          { executionSuccessful: report.errors.length === 0, ...notifications(report) },
        ],
        results: findings.map((finding) => resultOf(finding, ids.indexOf(finding.id))),
      },
    ],
  };
}

function ruleOf(id: string, findings: readonly CheckFinding[], home: string): object {
  const finding = findings.find((one) => one.id === id);
  const help = finding?.reference ?? (home === "" ? undefined : home + (finding?.page ?? ""));
  return {
    id,
    shortDescription: { text: titleOf(id) },
    ...(help === undefined ? {} : { helpUri: help }),
    defaultConfiguration: { level: LEVELS[finding?.severity ?? "note"] },
  };
}

function resultOf(finding: CheckFinding, ruleIndex: number): object {
  const { id, severity, message, container, fixes = [], fingerprint, suppressed } = finding;
  return {
    ruleId: id,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: container === undefined ? message : `${message} (container ${container})` },
    locations: [locationOf(finding)],
    partialFingerprints: { "secctx/v1": fingerprint },
    ...(fixes.length === 0 ? {} : { fixes: [fixOf(fixes)] }),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: suppressed.reason }] }),
  };
}

function locationOf({ file, range, line }: CheckFinding): object {
  const region =
    range === undefined ? (line === undefined ? undefined : { startLine: line }) : regionOf(range);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(region === undefined ? {} : { region }),
    },
  };
}

function regionOf({ start, end }: Range): object {
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}

function fixOf(edits: readonly TextEdit[]): object {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: "secctx fix" },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriOf(file) },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, text }) => ({
          deletedRegion: regionOf(range),
          ...(text === "" ? {} : { insertedContent: { text } }),
        })),
    })),
  };
}

function notifications({ errors }: CheckReport): object {
  if (errors.length === 0) return {};
  return {
    toolExecutionNotifications: errors.map(({ file, line, column, message }) => ({
      level: "error",
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(file) },
            region: { startLine: line, startColumn: column },
          },
        },
      ],
    })),
  };
}

/** A relative reference; what has a meaning in URIs is escaped. */
function uriOf(file: string): string {
  return file
    .split("/")
    .map((part) => encodeURIComponent(part.replace(LONE, "\ufffd")))
    .join("/");
}

/** Halves of a character pair, of which no URI can be made. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
