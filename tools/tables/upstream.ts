// Finds the upstream sources that tables are made from, in Go's module cache.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Folder of a Go module in the module cache (`go mod download MODULE` puts it there). */
export function goModule(module: string): string {
  const cache = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
  return join(
    cache,
    module.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`),
  );
}
