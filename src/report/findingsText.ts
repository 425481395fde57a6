// Findings for people: what refuses, warns or should be known, with its place and the program that says it.
import type { PlacedFinding } from "../core/answers/explain.ts";
import { briefText } from "./briefText.ts";
import { hinted } from "./check/hinted.ts";
import { row } from "./columns.ts";
import type { Style } from "./style.ts";

const ORDER = ["refusal", "warning", "note"] as const;

/** One block per finding, refusals first; nothing for none. */
export function findingsText(
  findings: readonly PlacedFinding[],
  file: string,
  columns: number,
  style: Style,
): string[] {
  const paint = { refusal: style.red, warning: style.yellow, note: style.blue };
  const widths = [{ width: 8 }, { width: columns - 12 }];
  const sorted = ORDER.flatMap((severity) => findings.filter((one) => one.severity === severity));
  return sorted.flatMap((finding) => {
    const place = finding.line === undefined ? finding.file : `${finding.file}:${finding.line}`;
    const at = finding.line !== undefined && finding.file === file ? `line ${finding.line}` : place;
    return [
      ...row(
        [
          { text: finding.severity, paint: paint[finding.severity] },
          { text: hinted({ ...finding, message: briefText(finding.message) }) },
        ],
        widths,
        "",
      ),
      ...row([{ text: "" }, { text: originText(finding, at), paint: style.dim }], widths, ""),
    ];
  });
}

function originText({ origin, container }: PlacedFinding, at: string): string {
  return [
    origin,
    ...(container === undefined || container === "" ? [] : [`container ${container}`]),
    at,
  ].join(", ");
}
