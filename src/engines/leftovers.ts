// What pods of a secctx that is gone have left, on every engine: first in the daemon that the pod's place names, then on this machine.
import { join } from "node:path";
import { namesIfThere } from "../node/ifThere.ts";
import { type DaemonPlace, readDaemonRecord } from "./daemonRecord.ts";
import { dataRoot, isLeftover } from "./podPlace.ts";
import { type Pruned, removeLeftovers as removeHere } from "./runc/leftovers.ts";

export interface PrunedPods extends Pruned {
  /** Ids of pods that a daemon may still run: all that is known of them stays. */
  readonly kept: ReadonlySet<string>;
}

/** Ends and removes everything of pods whose owner is dead; never touches a living one's. Call it as root. */
export async function removeLeftovers(): Promise<PrunedPods> {
  const kept = new Set<string>();
  const left: string[] = [];
  for (const id of namesIfThere(dataRoot()).filter(isLeftover)) {
    const stubborn = await removeFromDaemon(id);
    if (stubborn.length > 0) kept.add(id);
    left.push(...stubborn);
  }
  const here = await removeHere(kept);
  return { removed: here.removed, left: [...left, ...here.left], kept };
}

/** @returns what stays and why */
async function removeFromDaemon(id: string): Promise<readonly string[]> {
  const data = join(dataRoot(), id);
  try {
    const daemon = readDaemonRecord(data);
    if (daemon === undefined) return [];
    const stubborn = await askDaemon(id, daemon);
    return stubborn.map((what) => `${what} of ${id}`);
  } catch (error) {
    return [`the containers of ${id}: ${(error as Error).message}; ${data} is kept until then`];
  }
}

/** @throws EngineError when the daemon does not answer */
async function askDaemon(id: string, { engine, socket }: DaemonPlace): Promise<readonly string[]> {
  const isMeant = (pod: string): boolean => pod === id;
  if (engine === "docker") {
    const { openDocker } = await import("./docker/client.ts");
    const { removeDockerLeftovers } = await import("./docker/leftovers.ts");
    return removeDockerLeftovers((await openDocker(socket)).client, isMeant);
  }
  const { openCri } = await import("./cri/client.ts");
  const { removeCriLeftovers } = await import("./cri/leftovers.ts");
  const client = await openCri(socket);
  try {
    return await removeCriLeftovers(client, isMeant);
  } finally {
    client.close();
  }
}
