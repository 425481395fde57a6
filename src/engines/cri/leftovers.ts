// Pods that a secctx which is gone has left in a CRI runtime, found by their label.
import { EngineError } from "../../node/errors.ts";
import { DeadlineExceeded } from "../patience.ts";
import { isLeftover } from "../podPlace.ts";
import { type CriClient, isUnanswered, needAnswer, runtimeRefusal } from "./client.ts";
import { POD_LABEL } from "./requests.ts";
import type { PodSandbox } from "./wire/runtimeV1_pb.js";

/**
 * Removes those whose owner is dead; never a living one's.
 * @param isMeant by the pod's id
 * @returns what would not go
 * @throws EngineError when the runtime does not answer
 */
export async function removeCriLeftovers(
  client: CriClient,
  isMeant: (pod: string) => boolean = isLeftover,
): Promise<string[]> {
  const left: string[] = [];
  const items = await sandboxesOf(client);
  for (const { id, labels } of items) {
    if (!isMeant(labels[POD_LABEL] ?? "")) continue;
    if (!(await removeSandbox(client, id))) left.push(`pod sandbox ${id}`);
  }
  return left;
}

/** @throws EngineError */
async function sandboxesOf({ runtime, socket }: CriClient): Promise<readonly PodSandbox[]> {
  try {
    return (await runtime.listPodSandbox({})).items;
  } catch (error) {
    if (isUnanswered(error)) throw new DeadlineExceeded(`the runtime at ${socket}`);
    throw new EngineError(needAnswer(error, socket));
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
