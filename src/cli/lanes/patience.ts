// How soon V8 optimises: for a command that lives for a second or two, later than it is made for.
import { setFlagsFromString } from "node:v8";

/**
 * Bytes of bytecode that a function runs through before it is optimised. Four times V8's own: optimising twice as many
 * functions costs a fifth of the CPU time of a check of thousands of documents (bench/check.ts), and pays for none of it.
 */
const BUDGET = 250_000;

/** For all threads of the process. A V8 that does not know the flag goes on as it would. */
export function optimiseLater(): void {
  setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
