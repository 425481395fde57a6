// A finding or an error in one sentence, for forms that have a single text: the program's words, and what helps in ours.
import type { CheckFinding } from "../../core/answers/checked.ts";

/** A finding, or a text that could not be read. */
type Said = Pick<CheckFinding, "message" | "hint" | "expired">;

/** `unknown field "spec.hostUser"; did you mean hostUsers?` */
export function hinted(finding: Said): string {
  const { message, hint } = finding;
  const was = expiredText(finding);
  return [message, ...(hint === undefined ? [] : [hint]), ...(was === "" ? [] : [was])].join("; ");
}

/** `was accepted until 2026-01-31 (secctx.yaml:12: moves to its own node)`; empty where it never was. */
export function expiredText({ expired }: Pick<CheckFinding, "expired">): string {
  if (expired?.expired === undefined) return "";
  return `was accepted until ${expired.expired} (${expired.at}: ${expired.reason})`;
}
