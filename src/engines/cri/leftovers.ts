// Pods that a secctx which is gone has left in a CRI runtime, found by their label.

import { DeadlineExceeded } from "../patience.ts";
import { isLeftover } from "../podPlace.ts";
import { type CriClient, isUnanswered, runtimeRefusal } from "./client.ts";
import { POD_LABEL } from "./requests.ts";
import type { PodSandbox } from "./wire/runtimeV1_pb.js";

/** Removes those whose owner is dead; never a living one's. */
export async function removeCriLeftovers(client: CriClient): Promise<void> {
  const items = await sandboxesOf(client);
  for (const { id, labels } of items) {
    if (isLeftover(labels[POD_LABEL] ?? "")) await removeSandbox(client, id);
  }
}

/** @throws DeadlineExceeded */
async function sandboxesOf({ runtime, socket }: CriClient): Promise<readonly PodSandbox[]> {
  try {
    return (await runtime.listPodSandbox({})).items;
  } catch (error) {
    if (isUnanswered(error)) throw new DeadlineExceeded(`the runtime at ${socket}`);
    throw error;
  }
}

/** With all its containers. @returns whether it is gone */
export async function removeSandbox(
  { runtime }: CriClient,
  podSandboxId: string,
): Promise<boolean> {
  try {
    await runtime.stopPodSandbox({ podSandboxId });
    await runtime.removePodSandbox({ podSandboxId });
    return true;
  } catch (error) {
    if (runtimeRefusal(error) === undefined) throw error;
    return false;
  }
}
