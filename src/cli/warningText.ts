// What the API server warns about the pod of `run`, as kubectl prints it, with what helps and where it stands.
import { placeFinding } from "../core/answers/place.ts";
import { findingsOf, type Journey } from "../core/journey.ts";
import { warningsOf } from "../lifecycle/warnings.ts";
import { hinted } from "../report/check/hinted.ts";
import { printable } from "../report/columns.ts";
import type { Style } from "../report/style.ts";

/** `Warning: unknown field "spec.hostUser"; did you mean hostUsers? (pod.yaml:7:3)`, as kubectl begins it. */
export function warningText(journey: Journey, style: Style): string {
  const findings = findingsOf(journey).map((one) => placeFinding(one, journey.document));
  return warningsOf(journey)
    .map((message) => {
      const found = findings.find((finding) => finding.message === message);
      const { file, line, column } = found ?? {};
      const place = line === undefined ? "" : style.dim(` (${file}:${line}:${column})`);
      const text = hinted({ message, ...(found?.hint === undefined ? {} : { hint: found.hint }) });
      return `${style.yellow("Warning:")} ${printable(text)}${place}\n`;
    })
    .join("");
}
