// What the API server would warn the pod's author about: a field that nobody knows, one that does nothing, a level that is missed.
import type { Journey } from "../core/journey.ts";

/** Each once: the text of a Warning header, in the order of the headers. */
export function warningsOf({ document, apiserver, podSecurity }: Journey): readonly string[] {
  const duplicates = document.findings.map(({ message }) => message);
  return [...new Set([...duplicates, ...apiserver.out.warnings, ...podSecurity.warnings])];
}
