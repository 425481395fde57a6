// Why a run that checked nothing fails: a green tick that nobody looked behind is worse than a red one.
import type { CheckReport } from "../../core/answers/checked.ts";
import { skippedText } from "../restText.ts";

/**
 * Empty where something was checked, where that is allowed, and where what could not be read says why.
 * @param counted pods that are told elsewhere
 */
export function nothingText(report: CheckReport, counted: number = report.pods.length): string {
  const { errors, isNoneAllowed } = report;
  if (counted > 0 || errors.length > 0 || isNoneAllowed === true) return "";
  return "nothing was checked, which is an error (exit code 2) without --allow-none";
}

/** The same for forms that are read by programs, with what was there instead. */
export function nothingWhy(report: CheckReport): string {
  const text = nothingText(report);
  const skipped = skippedText(report.skipped);
  return text === "" || skipped === "" ? text : `${text}; ${skipped}`;
}
