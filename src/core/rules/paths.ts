// Slash-separated paths as Go's path package cleans and joins them.

/**
 * Without ".", "..", doubled and trailing slashes; "" becomes ".".
 * @see go path/path.go Clean
 */
export function cleanPath(path: string): string {
  const rooted = path.startsWith("/");
  if (rooted && !UNCLEAN.test(path)) return path;
  const kept: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") kept.push(step);
    else if (kept.length > 0 && kept[kept.length - 1] !== "..") kept.pop();
    else if (!rooted) kept.push("..");
  }
  const joined = kept.join("/");
  if (rooted) return `/${joined}`;
  return joined === "" ? "." : joined;
}

/** An empty step, `.` or `..` in a path from the root. */
const UNCLEAN = /\/\.{0,2}(\/|$)/;

/**
 * The steps that are not empty, joined and cleaned.
 * @see go path/path.go Join
 */
export function joinPath(...steps: readonly string[]): string {
  const given = steps.filter((step) => step !== "");
  return given.length === 0 ? "" : cleanPath(given.join("/"));
}
