// How crun names an error of the kernel: as the C library does.
import { errnoText } from "../rules/errno.ts";

/** `Operation not permitted` for 1. */
export function cError(errno: number): string {
  const text = errnoText(errno);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
