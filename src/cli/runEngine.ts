// `--engine`: who runs the containers, and which documents `--show` can print of what they are sent.
import type { Journey } from "../core/journey.ts";
import type { SentDocument } from "../engines/engine.ts";
import { type ChosenEngine, chooseEngine, type EngineName } from "../engines/engines.ts";
import { EngineError } from "../node/errors.ts";
import type { HostFacts } from "../node/node.ts";
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
export async function runEngine(options: OptionValues, host: HostFacts): Promise<ChosenEngine> {
  const asked = String(options["engine"]) as EngineName;
  const isLimited = host.ids !== undefined && asked !== "oci";
  if (isLimited && asked !== "auto") throw new EngineError(`without root: ${noDaemon(asked)}`);
  const name = isLimited ? "oci" : asked;
  // What cannot be is said before anybody is asked.
  if (name !== "auto") checkShown(name, options["show"]);
  const chosen = await chooseEngine(name, {
    ociRuntime: String(options["ociRuntime"]),
    requestTimeoutMs: (numberOf(options, "runtimeRequestTimeout") ?? 120) * 1000,
  });
  if (name === "auto") checkShown(chosen.name, options["show"]);
  const why = isLimited ? `without root ${noDaemon(asked)}` : chosen.why;
  if (why !== undefined && options["quiet"] !== true) {
    console.error(`engine ${chosen.name}: ${why}`);
  }
  return chosen;
}

/** Their containers' ids are the host's, and the pod's volumes would have to be given to those. */
function noDaemon(engine: EngineName): string {
  const whose = engine === "auto" ? "a daemon" : `the daemon of --engine ${engine}`;
  return `${whose} runs containers with ids of the host, to which only root may give volumes: --engine oci needs no daemon`;
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
