// `--engine`: who runs the containers, and which documents `--show` can print of what they are sent.
import type { Journey } from "../core/journey.ts";
import type { SentDocument } from "../engines/engine.ts";
import { type ChosenEngine, chooseEngine, type EngineName } from "../engines/engines.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { numberOf } from "./runOptions.ts";

/** What each engine is sent, and the kubelet's own documents, which come before that. */
const SHOWN: Readonly<
  Record<ChosenEngine["name"], { readonly forms: string[]; readonly why: string }>
> = {
  oci: { forms: ["oci", "cri"], why: "an OCI runtime is sent config.json (--show oci)" },
  docker: {
    forms: ["docker", "cri"],
    why: "Docker Engine is sent create requests (--show docker), and makes the rest itself",
  },
  cri: {
    forms: ["cri"],
    why: "the runtime is sent CRI messages (--show cri), and makes the rest itself",
  },
};

/**
 * With `auto`, says on standard error which engine it is and why.
 * @throws UsageError, and EngineError when the engine is not here
 */
export async function runEngine(options: OptionValues): Promise<ChosenEngine> {
  const name = String(options["engine"]) as EngineName;
  // What cannot be is said before anybody is asked.
  if (name !== "auto") checkShown(name, options["show"]);
  const chosen = await chooseEngine(name, {
    ociRuntime: String(options["ociRuntime"]),
    requestTimeoutMs: (numberOf(options, "runtimeRequestTimeout") ?? 120) * 1000,
  });
  if (name === "auto") checkShown(chosen.name, options["show"]);
  if (chosen.why !== undefined && options["quiet"] !== true) {
    console.error(`engine ${chosen.name}: ${chosen.why}`);
  }
  return chosen;
}

function checkShown(engine: ChosenEngine["name"], form: unknown): void {
  const { forms, why } = SHOWN[engine];
  if (typeof form === "string" && !forms.includes(form)) {
    throw new UsageError(`--show ${form}: ${why}`);
  }
}

/** The kubelet's requests, where no program gets them as they are: what is sent there comes of them. */
export function criDocuments({ kubelet }: Journey, engine: ChosenEngine): SentDocument[] {
  if (engine.name === "cri") return [];
  const { sandbox = null, containers = [] } = kubelet?.out ?? {};
  const documents: SentDocument[] = [];
  if (sandbox !== null) documents.push({ form: "cri", call: "RunPodSandbox", document: sandbox });
  for (const { name, config } of containers) {
    if (config === null) continue;
    documents.push({ form: "cri", call: "CreateContainer", container: name, document: config });
  }
  return documents;
}
