// Patterns of secctx.yaml and of suppressions: `*`, `**`, `?`, `{a,b}`, as everywhere else.
import picomatch from "picomatch";
import type { Matches } from "../../core/answers/suppress/suppressor.ts";

const compiled = new Map<string, (text: string) => boolean>();

/** The same patterns are asked for every finding. */
export const matches: Matches = (pattern, text) => {
  if (pattern === text) return true;
  let matcher = compiled.get(pattern);
  if (matcher === undefined) {
    matcher = picomatch(pattern, { dot: true, nonegate: true });
    compiled.set(pattern, matcher);
  }
  return matcher(text);
};

/** A folder's name stands for everything in it. */
export function matchesPath(pattern: string, path: string): boolean {
  const bare = pattern.replace(/^\.\//, "").replace(/\/$/, "");
  return matches(bare, path) || matches(`${bare}/**`, path);
}
