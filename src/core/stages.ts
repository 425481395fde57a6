// The stages by name, as `secctx stage NAME` offers them: one JSON line in, one JSON line out.
import { apiserver } from "./apiserver/apiserver.ts";
import { kernel } from "./kernel/kernel.ts";
import { kubelet } from "./kubelet/kubelet.ts";
import { ownership } from "./kubelet/ownership.ts";
import { answerYaml, type YamlLine } from "./manifest/yaml.ts";
import type { Finding } from "./model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "./model/json.ts";
import type { Stage } from "./model/report.ts";
import { DEFAULT_WORLD, type World, type WorldFile } from "./model/world.ts";
import { podsecurity } from "./podsecurity/podsecurity.ts";
import { composeWorld } from "./rules/world.ts";
import { runc } from "./runc/runc.ts";
import { admit } from "./stages/admission.ts";
import { startWithContainerd } from "./stages/containerd.ts";
import { startWithDocker } from "./stages/docker.ts";
import { dockershimStage } from "./stages/dockershim.ts";

export interface StageCommand {
  readonly summary: string;
  /** Keys that a line must have; of a list inside the list one is enough. */
  readonly needs: readonly (string | readonly string[])[];
  /** The answer of one line; `world` and `id` are taken out of it already. */
  readonly run: (line: JsonObject, world: World) => object;
  /** What is said of the line beside its answer. */
  readonly findings: (line: JsonObject, world: World) => readonly Finding[];
}

/** The line is no input of its stage; the message is for people. */
export class StageLineError extends Error {}

export type StageCommandName =
  | "yaml"
  | "apiserver"
  | "podsecurity"
  | "admission"
  | "kubelet"
  | "ownership"
  | "containerd"
  | "dockershim"
  | "docker"
  | "runc"
  | "kernel";

/** Every stage by its name, in the order of the walk. */
export const STAGES: Readonly<Record<StageCommandName, StageCommand>> = {
  yaml: {
    summary: "YAML text to JSON as Kubernetes reads it, one document or a stream",
    needs: ["kind", "text"],
    run: (line) => answerYaml(line as unknown as YamlLine),
    findings: () => [],
  },
  apiserver: {
    summary: "defaulting and validation of a request, as kube-apiserver answers it",
    needs: ["operation", "kind", ["object", "raw"]],
    ...asked(apiserver),
  },
  podsecurity: {
    summary: "a pod against levels and versions of the Pod Security Standards",
    needs: ["pod", "level", "version"],
    ...asked(podsecurity),
  },
  admission: {
    summary: "an object against the Pod Security labels of its namespace",
    needs: [["object", "namespace"]],
    ...asked(admit),
  },
  kubelet: {
    summary: "a defaulted pod to admission, CRI documents and waiting reasons",
    needs: ["pod"],
    ...asked(kubelet),
  },
  ownership: {
    summary: "a volume's tree after the kubelet gave it to the fsGroup",
    needs: ["volume"],
    ...asked(ownership),
  },
  containerd: {
    summary: "CRI documents to OCI specs, or the refusal of containerd or runc",
    needs: ["sandbox", "container", "image"],
    ...asked(startWithContainerd),
  },
  dockershim: {
    summary: "CRI documents, or a defaulted pod, to Docker's create requests",
    needs: [["container", "pod"]],
    ...asked(dockershimStage),
  },
  docker: {
    summary: "a create request to its OCI spec, or the refusal of dockerd or runc",
    needs: ["config", "hostConfig", "image"],
    ...asked(startWithDocker),
  },
  runc: {
    summary: "an OCI spec as runc takes it: warnings, or the refusal",
    needs: ["spec"],
    ...asked(runc),
  },
  kernel: {
    summary: "an OCI spec to /proc/1/status as the host sees it",
    needs: ["spec"],
    ...asked(kernel),
  },
};

/**
 * Runs one input line: its `world` is merged over `base`, its `id` comes back.
 * @throws StageLineError for a line that is no object or lacks what the stage needs; WorldError for its world
 */
export function runStage(
  name: StageCommandName,
  line: JsonValue,
  base: World = DEFAULT_WORLD,
): object {
  const { id, input, world } = readLine(name, line, base);
  return { ...(id === undefined ? {} : { id }), ...STAGES[name].run(input, world) };
}

/** The findings of such a line, as `check` would tell them. @throws as `runStage` */
export function stageFindings(
  name: StageCommandName,
  line: JsonValue,
  base: World = DEFAULT_WORLD,
): readonly Finding[] {
  const { input, world } = readLine(name, line, base);
  return STAGES[name].findings(input, world);
}

interface StageLine {
  readonly id: JsonValue | undefined;
  readonly input: JsonObject;
  readonly world: World;
}

function readLine(name: StageCommandName, line: JsonValue, base: World): StageLine {
  if (!isJsonObject(line)) throw new StageLineError("the line is no JSON object");
  const { id, world, ...input } = line;
  for (const need of STAGES[name].needs) {
    const keys = typeof need === "string" ? [need] : need;
    if (keys.some((key) => input[key] !== undefined)) continue;
    throw new StageLineError(`stage ${name} needs ${keys.map((key) => `"${key}"`).join(" or ")}`);
  }
  if (world !== undefined && !isJsonObject(world))
    throw new StageLineError("world is no JSON object");
  const told = world === undefined ? base : composeWorld(world as unknown as WorldFile, base);
  return { id, input, world: told };
}

/** A stage as a line asks it: the wire answer alone, of input that the table has looked at. */
function asked<In, Out extends object>(
  stage: Stage<In, Out>,
): Pick<StageCommand, "run" | "findings"> {
  return {
    run: (line, world) => stage(line as unknown as In, world).out,
    findings: (line, world) => stage(line as unknown as In, world).findings,
  };
}
