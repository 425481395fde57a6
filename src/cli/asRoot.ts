// Commands that need root, for ordinary users: they run as root of a user namespace, with folders of the user's own.
import { stateRoot } from "../engines/podPlace.ts";
import { killLeftovers } from "../engines/runc/leftovers.ts";
import { cacheDirectory } from "../node/directories.ts";
import { ownFolder } from "../rootless/ownFolder.ts";

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * This very call, once more.
 * @returns its exit code
 * @throws EngineError with a sentence for each thing that this machine does not give to an ordinary user
 */
export async function asRootOfUserNamespace(): Promise<number> {
  const { inUserNamespace } = await import("../rootless/enter.ts");
  return inUserNamespace(async () => {
    const state = ownFolder(stateRoot());
    // Processes of another user namespace may be ended from here, where it was made, but not from beside it.
    await killLeftovers();
    return { SECCTX_STATE_DIR: state, SECCTX_CACHE_DIR: cacheDirectory() };
  });
}
