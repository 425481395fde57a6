// How a Go program names an error of the kernel.
import { ERRNO_TEXTS } from "../tables/errnoTexts.ts";

/** `operation not permitted` for 1; a number that Linux does not name is `errno 500`. */
export function errnoText(errno: number): string {
  const text = ERRNO_TEXTS[errno];
  return text === undefined || text === "" ? `errno ${errno}` : text;
}
