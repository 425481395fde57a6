// Containers that a secctx which is gone has left in Docker Engine, found by their label.
import { setTimeout } from "node:timers/promises";
import type Docker from "dockerode";
import { isLeftover } from "../podPlace.ts";
import { POD_LABEL } from "./createRequest.ts";

/**
 * Removes those of pods whose owner is dead; never a living one's.
 * @param isMeant by the pod's id
 * @returns what would not go
 */
export async function removeDockerLeftovers(
  client: Docker,
  isMeant: (pod: string) => boolean = isLeftover,
): Promise<string[]> {
  const left: string[] = [];
  const filters = JSON.stringify({ label: [POD_LABEL] });
  const found = await client.listContainers({ all: true, filters });
  for (const { Id, Labels } of found) {
    if (!isMeant(Labels[POD_LABEL] ?? "")) continue;
    if (!(await removeContainer(client, Id))) left.push(`docker container ${Id}`);
  }
  return left;
}

/** How long another's removal of the same container may take. */
const STEP_MS = 50;
const STEPS = 200;

/** @returns whether it is gone; one that was never there is gone too */
export async function removeContainer(client: Docker, id: string): Promise<boolean> {
  for (let step = 0; step < STEPS; step += 1) {
    try {
      await client.getContainer(id).remove({ force: true, v: true });
      return true;
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode === 404) return true;
      // Its removal is in progress already.
      if (statusCode !== 409) return false;
    }
    await setTimeout(STEP_MS);
  }
  return false;
}
