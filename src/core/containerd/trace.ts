import type { Trace } from "../model/report.ts";
export function traceOf(..._: unknown[]): Trace[] {
  return [];
}
