// Where secctx keeps what it wants to find again.
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** SECCTX_CACHE_DIR; else /var/lib/secctx for root, `$XDG_CACHE_HOME/secctx` (`~/.cache/secctx`) for others. */
export function cacheDirectory(
  environment: Environment = process.env,
  root: boolean = process.getuid?.() === 0,
): string {
  const told = environment["SECCTX_CACHE_DIR"];
  if (told !== undefined && told !== "") return told;
  if (root) return "/var/lib/secctx";
  const xdg = environment["XDG_CACHE_HOME"];
  return join(xdg?.startsWith("/") ? xdg : join(homedir(), ".cache"), "secctx");
}
