// Where the things of one pod lie on this machine, under a name that tells whose they are.
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheDirectory } from "../node/directories.ts";
import { EngineError } from "../node/errors.ts";
import { ownerIsAlive, ownerTag } from "../node/owner.ts";
import { removeTree } from "../node/removeTree.ts";
import { hasDaemonRecord } from "./daemonRecord.ts";

export interface PodPlace {
  /** `dac-1234-567890-4026531836`: the name of its folders and, with a prefix, of its cgroups. */
  readonly id: string;
  /** Bundles and the runtime's state. */
  readonly state: string;
  /** On a disk: what containers and volumes write. */
  readonly data: string;
}

/**
 * SECCTX_STATE_DIR, else /run/secctx, which a reboot empties as it does processes; for ordinary users
 * `$XDG_RUNTIME_DIR/secctx`, or `/tmp/secctx-UID` where they have none of their own.
 */
export function stateRoot(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  uid: number = process.getuid?.() ?? 0,
): string {
  const told = environment["SECCTX_STATE_DIR"];
  if (told !== undefined && told !== "") return told;
  if (uid === 0) return "/run/secctx";
  const runtime = environment["XDG_RUNTIME_DIR"] ?? "";
  return isFolderOf(uid, runtime) ? join(runtime, "secctx") : join(tmpdir(), `secctx-${uid}`);
}

/** After `su` the variable may still name another user's. */
function isFolderOf(uid: number, path: string): boolean {
  return path.startsWith("/") && lstatSync(path, { throwIfNoEntry: false })?.uid === uid;
}

export function dataRoot(): string {
  return join(cacheDirectory(), "pods");
}

let count = 0;

/**
 * Makes the folders of a pod. The name carries the owner, so that nothing ever exists of which nobody could say whether
 * it is still in use, however early secctx is killed.
 * @throws EngineError where the folders cannot be made
 */
export function makePlace(podName: string): PodPlace {
  count += 1;
  const id = `${podName.slice(0, 40)}-${ownerTag()}${count === 1 ? "" : `.${count}`}`;
  const place = { id, state: join(stateRoot(), id), data: join(dataRoot(), id) };
  try {
    for (const folder of [place.state, place.data]) {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
    }
  } catch (error) {
    dropPlace(place);
    throw new EngineError(`cannot make the pod's folders: ${(error as Error).message}`);
  }
  return place;
}

/** Removes the folders of a pod that has no sandbox. Where a daemon may still have one, `prune` needs them. */
export function dropPlace({ state, data }: PodPlace): void {
  if (hasDaemonRecord(data)) return;
  removeTree(data);
  removeTree(state);
}

/** Does the secctx that made this still run? A name of another form is nobody's, and not secctx's either. */
export function isLeftover(id: string): boolean {
  const tag = /-(\d+-\d+-\d+)(?:\.\d+)?$/.exec(id)?.[1];
  return tag !== undefined && !ownerIsAlive(tag);
}
