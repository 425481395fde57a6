// `check` as SARIF 2.1.0: what GitHub and other code scanning services read.
// @see SARIF 2.1.0, OASIS, sections 3.14 (run), 3.19 (toolComponent), 3.27 (result), 3.55 (fix)
import type {
  CheckedPod,
  CheckFinding,
  CheckReport,
  Suppression,
} from "../../core/answers/checked.ts";
import type { Range } from "../../core/model/finding.ts";
import { markdownText } from "../markdownText.ts";
import { skippedName } from "../restText.ts";
import { hinted } from "./hinted.ts";
import { nothingText } from "./nothing.ts";
import { mendOf, titleOf, whyOf } from "./titles.ts";
import { type WholeFix, wholeFixes } from "./wholeFixes.ts";

export interface SarifOptions {
  readonly version: string;
  /** Where the project's pages lie, for links: `https://…/docs/checks/`; relative without. */
  readonly home?: string;
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const ROOT = "%SRCROOT%";
const LEVELS = { refusal: "error", warning: "warning", note: "note" } as const;

/** The log as a JSON value; lines and columns from 1, columns in UTF-16 units. */
export function sarifLog(report: CheckReport, { version, home = "" }: SarifOptions): object {
  const findings = report.pods.flatMap((pod) => pod.findings);
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  const ruleIndexes = new Map(ids.map((id, index) => [id, index]));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "secctx",
            version,
            semanticVersion: version,
            rules: ids.map((id) => ruleOf(id, findings, home)),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: {
          [ROOT]: { description: { text: "The folder in which secctx was called" } },
        },
        invocations: [
          {
            executionSuccessful: report.errors.length === 0 && nothingText(report) === "",
            ...notifications(report),
          },
        ],
        results: report.pods.flatMap((pod) => {
          const fixOf = wholeFixes(pod);
          return pod.findings.map((finding) =>
            resultOf({ finding, pod, fix: fixOf(finding) }, ruleIndexes.get(finding.id) ?? 0),
          );
        }),
      },
    ],
  };
}

function ruleOf(id: string, findings: readonly CheckFinding[], home: string): object {
  const finding = findings.find((one) => one.id === id);
  const help = finding?.reference ?? (home === "" ? undefined : home + (finding?.page ?? ""));
  const [why, mend] = [whyOf(id), mendOf(id)];
  const page = finding === undefined ? undefined : `Page: ${finding.page}`;
  const text = [titleOf(id), why, mend, page].filter((part) => part !== undefined).join("\n\n");
  return {
    id,
    shortDescription: { text: titleOf(id) },
    ...(why === undefined ? {} : { fullDescription: { text: why } }),
    help: { text, markdown: helpMarkdown(text, finding) },
    ...(help === undefined ? {} : { helpUri: help }),
    defaultConfiguration: { level: LEVELS[finding?.severity ?? "note"] },
    properties: { tags: ["security", "kubernetes", ...(finding ? [finding.stage] : [])] },
  };
}

function helpMarkdown(text: string, finding: CheckFinding | undefined): string {
  const link = finding?.reference;
  return link === undefined ? markdownText(text) : `${markdownText(text)}\n\n[Reference](${link})`;
}

interface Told {
  readonly finding: CheckFinding;
  readonly pod: CheckedPod;
  readonly fix: WholeFix | undefined;
}

function resultOf({ finding, pod, fix }: Told, ruleIndex: number): object {
  const { id, severity, container, fingerprint, suppressed } = finding;
  const message = hinted(finding);
  const { origin, stage, path, field, versions, inherited } = finding;
  return {
    ruleId: id,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: container === undefined ? message : `${message} (container ${container})` },
    locations: [{ ...locationOf(finding), logicalLocations: [logicalLocation(finding, pod)] }],
    partialFingerprints: { "secctx/v1": fingerprint },
    ...(fix === undefined ? {} : { fixes: [fixOf(fix)] }),
    ...(suppressed === undefined ? {} : { suppressions: [suppressionOf(suppressed)] }),
    properties: { origin, stage, path, field, inherited, versions },
  };
}

/** `Deployment/shop/web/app`. */
function logicalLocation({ container }: CheckFinding, { workload }: CheckedPod): object {
  const { kind, namespace, name } = workload;
  const parts = [kind, namespace, name, ...(container === undefined ? [] : [container])];
  return { name: parts.at(-1), fullyQualifiedName: parts.join("/"), kind: "resource" };
}

function suppressionOf({ by, reason, at }: Suppression): object {
  const kind = by === "comment" ? "inSource" : "external";
  return { kind, status: "accepted", justification: `${reason} (${at})` };
}

function locationOf({ file, range, line }: CheckFinding): object {
  const region =
    range === undefined ? (line === undefined ? undefined : { startLine: line }) : regionOf(range);
  return {
    physicalLocation: {
      artifactLocation: artifactOf(file),
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

function fixOf({ edits, scope }: WholeFix): object {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: scope === "" ? "secctx fix" : `secctx fix, ${scope}` },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifactOf(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ range, text }) => ({
          deletedRegion: regionOf(range),
          ...(text === "" ? {} : { insertedContent: { text } }),
        })),
    })),
  };
}

/** What could not be read, what was skipped, what no suppression is needed for any more: nothing is silent. */
function notifications(report: CheckReport): object {
  const { errors, skipped, unusedSuppressions } = report;
  const nothing = nothingText(report);
  const told = [
    ...(nothing === "" ? [] : [{ level: "error", message: { text: nothing } }]),
    ...errors.map((error) => ({
      level: "error",
      message: { text: hinted(error) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: artifactOf(error.file),
            region: { startLine: error.line, startColumn: error.column },
          },
        },
      ],
    })),
    ...unusedSuppressions.map(({ reason, at, expired }) => ({
      level: "warning",
      message: {
        text: `${expired === undefined ? "unused suppression" : `suppression expired on ${expired}`} at ${at}: ${reason}`,
      },
    })),
    ...skipped.map((one) => ({
      level: "note",
      message: { text: `skipped: ${skippedName(one)}: ${one.reason}` },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(one.file) } }],
    })),
  ];
  return told.length === 0 ? {} : { toolExecutionNotifications: told };
}

/** Relative to where secctx was called, which is the root of the checkout in CI; standard input is no file of it. */
function artifactOf(file: string): object {
  if (file === "<stdin>") {
    return { uri: "file:///dev/stdin", description: { text: "standard input" } };
  }
  return file.startsWith("/")
    ? { uri: `file://${uriOf(file)}` }
    : { uri: uriOf(file), uriBaseId: ROOT };
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
