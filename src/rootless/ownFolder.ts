// A folder that is the user's own, and that no other may have laid out as a trap where everybody may write.
import { lstatSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { EngineError } from "../node/errors.ts";

/**
 * Made if need be; never a link.
 * @throws EngineError when it cannot be made, or is another's
 */
export function ownFolder(path: string): string {
  if (!isOwn(path)) {
    throw new EngineError(
      `${path} is not this user's own folder: tell another place by SECCTX_STATE_DIR`,
    );
  }
  return path;
}

function isOwn(path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    makeUnless(path);
    const found = lstatSync(path);
    return found.isDirectory() && found.uid === process.getuid?.();
  } catch (error) {
    throw new EngineError(`cannot make the pod's folders: ${(error as Error).message}`);
  }
}

function makeUnless(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
