// One Warning header, and how the server records them: each text once, and not too much of it.
// @see apiserver v0.37.2 pkg/endpoints/filters/warning.go
import type { FieldPath } from "../model/finding.ts";
import { type Path, pathSteps, pathText } from "./path.ts";

export interface Warning {
  readonly message: string;
  readonly path: FieldPath;
  /** See Said. */
  readonly what?: string;
  readonly hint?: string;
}

const MOST_RUNES = 4 * 1024;
const MOST_RUNES_OF_ONE = 256;
const CONTROL = /\p{Cc}/u;

/** `PATH: TEXT` */
export function warningAt(path: Path, text: string): Warning {
  return { message: `${pathText(path)}: ${text}`, path: pathSteps(path) };
}

/** What is left of the warnings in the answer's headers. */
export function recordWarnings(warnings: readonly Warning[]): readonly Warning[] {
  if (warnings.length === 0) return warnings;
  const distinct = new Map<string, Warning>();
  for (const warning of warnings) {
    // A text with a control character cannot stand in a header and is lost.
    if (!distinct.has(warning.message) && !CONTROL.test(warning.message)) {
      distinct.set(warning.message, warning);
    }
  }
  const recorded = [...distinct.values()];
  if (runesOf(recorded) <= MOST_RUNES) return recorded;
  return truncated(recorded);
}

function truncated(warnings: readonly Warning[]): Warning[] {
  const kept: Warning[] = [];
  let runes = 0;
  for (const warning of warnings) {
    if (runes >= MOST_RUNES) break;
    const head = [...warning.message].slice(0, MOST_RUNES_OF_ONE);
    kept.push({ ...warning, message: head.join("") });
    runes += head.length;
  }
  return kept;
}

/** At most; exact for texts that are long together. */
function runesOf(warnings: readonly Warning[]): number {
  let units = 0;
  for (const { message } of warnings) units += message.length;
  if (units <= MOST_RUNES) return units;
  let runes = 0;
  for (const { message } of warnings) runes += [...message].length;
  return runes;
}
