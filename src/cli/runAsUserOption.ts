// `--run-as-user UID`, `CONTAINER=UID` or `IMAGE=UID`: the uids that a person knows programs can run as.
import type { FixOptions } from "../core/answers/fix.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";

const MAX_ID = 2147483647;

/** @throws UsageError for what is no uid of a user that is not root */
export function runAsUserOption(options: OptionValues): NonNullable<FixOptions["runAsUser"]> {
  const of: Record<string, number> = {};
  let all: number | undefined;
  const told = options["runAsUser"];
  for (const text of Array.isArray(told) ? (told as readonly string[]) : []) {
    // An image may hold an equals sign nowhere but in front of its uid.
    const at = text.lastIndexOf("=");
    const digits = text.slice(at + 1);
    const uid = Number(digits);
    if (!/^[1-9]\d*$/.test(digits) || uid > MAX_ID) {
      throw new UsageError(`--run-as-user ${text}: a uid is a number from 1 to ${MAX_ID}`);
    }
    if (at === -1) all = uid;
    else of[text.slice(0, at)] = uid;
  }
  return all === undefined ? { of } : { all, of };
}
