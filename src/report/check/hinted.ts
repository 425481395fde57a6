// A finding in one sentence, for forms that have a single text: the program's words, and what helps in ours.
import type { CheckFinding } from "../../core/answers/checked.ts";

/** `unknown field "spec.hostUser"; did you mean hostUsers?` */
export function hinted({ message, hint }: Pick<CheckFinding, "message" | "hint">): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
