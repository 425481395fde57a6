// How `check` ends, however it tells what it found.
import type { OptionValues } from "./command.ts";

export interface Checked {
  readonly pods: number;
  /** What could not be read. */
  readonly errors: number;
  /** Something was found that counts. */
  readonly hasFailed: boolean;
}

/** 0 when nothing counts, 1 when something does, 2 when a text could not be read or nothing was checked. */
export function checkExitCode({ pods, errors, hasFailed }: Checked, options: OptionValues): number {
  if (errors > 0) return 2;
  if (pods === 0) return options["allowNone"] === true ? 0 : 2;
  return hasFailed ? 1 : 0;
}
