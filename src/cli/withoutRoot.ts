// A pod that an ordinary user runs: whatever it asks for and cannot have is said before anything starts.
import type { Journey } from "../core/journey.ts";
import type { Pod } from "../core/model/pod.ts";
import type { UserNetwork } from "../engines/userNetwork.ts";
import { EngineError } from "../node/errors.ts";
import type { IdMap } from "../node/idMap.ts";
import { idsNotHad, notHad, toldIds } from "../rootless/notHad.ts";

/** @throws EngineError with a sentence for each thing */
export async function checkPod(
  pod: Pod,
  asked: {
    readonly network: UserNetwork | undefined;
    readonly claims: Readonly<Record<string, string>>;
    readonly ids: IdMap;
  },
): Promise<void> {
  const { givenTo } = await import("../rootless/given.ts");
  const ports = asked.network?.ports.map(({ hostPort }) => hostPort) ?? [];
  const sentences = notHad(pod, ports, givenTo(pod, Object.values(asked.claims)));
  // What the manifest tells is known already; the images' users only when they are here.
  refuse([...sentences, ...idsNotHad(pod, toldIds(pod), asked.ids)]);
}

/** @throws EngineError with a sentence for each id */
export function checkIds({ pod, containers }: Journey, ids: IdMap): void {
  if (pod === null) return;
  const specs = (containers ?? []).map(({ name, spec }) => [name, spec] as const);
  refuse(idsNotHad(pod, Object.fromEntries(specs), ids));
}

function refuse(sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  throw new EngineError(sentences.map((one) => `without root: ${one}`).join("\nsecctx: "));
}
