// How soon V8 optimises: for a command that lives for a second or two, later than it is made for.
import { setFlagsFromString } from "node:v8";

/**
 * Bytes of bytecode that a function runs through before it is optimised: some fifteen times V8's own. For a thousand documents, as
 * for ten thousand, optimising sooner costs more CPU time than it saves (bench/check.ts).
 */
const BUDGET = 1_000_000;

/** For all threads of the process. A V8 that does not know the flag goes on as it would. */
export function optimiseLater(): void {
  setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
