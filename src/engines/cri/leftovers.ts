// Pods that a secctx which is gone has left in a CRI runtime, found by their label.
import { isLeftover } from "../podPlace.ts";
import { type CriClient, runtimeRefusal } from "./client.ts";
import { POD_LABEL } from "./requests.ts";

/** Removes those whose owner is dead; never a living one's. */
export async function removeCriLeftovers(client: CriClient): Promise<void> {
  const { items } = await client.runtime.listPodSandbox({});
  for (const { id, labels } of items) {
    if (isLeftover(labels[POD_LABEL] ?? "")) await removeSandbox(client, id);
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
