// Texts → what `check` says of each document, one after the other: nothing of a document is kept but what is said of it.
import { type CheckMemory, checkPodDocument, newCheckMemory } from "../core/answers/check.ts";
import type { CheckedPod, SkippedDocument } from "../core/answers/checked.ts";
import type { PodWithSource } from "../core/answers/fix/podFix.ts";
import {
  eachDocument,
  type ManifestError,
  type ManifestOptions,
  type PodDocument,
} from "../core/manifest/manifest.ts";
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import { containersOf } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type { Level } from "../core/podsecurity/level.ts";
import { nameIn } from "./config/configured.ts";
import type { ReadInput } from "./inputs/mended.ts";
import { partsOf } from "./inputs/texts.ts";
import type { StreamForm } from "./lanes/form.ts";
import { withNamespace } from "./namespaces.ts";

export interface CheckPlan {
  /** What names of files in fingerprints are relative to. */
  readonly folder: string;
  /** The oldest Kubernetes first. */
  readonly worlds: readonly [World, ...World[]];
  readonly level: Level | undefined;
  /** Labels that the command line gives every namespace. */
  readonly labels: Readonly<Record<string, string>>;
  /** Namespace objects of all inputs. */
  readonly namespaces: readonly JsonObject[];
  readonly excerpts: boolean;
  readonly manifest: ManifestOptions;
  /** Of an answer that is written pod by pod. */
  readonly form: StreamForm;
}

/** The image of each container. */
export type ImagesOf = ReadonlyMap<string, string>;

/** What is said of one document. */
export interface CheckedPart {
  readonly pods: readonly PodWithSource[];
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
}

/** In the order of the inputs. */
export function* checkTexts(inputs: Iterable<ReadInput>, plan: CheckPlan): Generator<CheckedPart> {
  const worldsOf = worldsByNamespace(plan);
  const memory = newCheckMemory();
  const judge = judgeOf(plan, memory, worldsOf);
  const known = memory.alike.texts;
  for (const input of inputs) {
    const read = eachDocument(input.text, input.file, { ...plan.manifest, known });
    for (const { pods, errors, skipped } of partsOf(input, read)) {
      yield {
        pods: pods.map((document) => {
          return { pod: judge(document), document, worlds: worldsOf(document) };
        }),
        errors,
        skipped,
      };
    }
  }
}

/** Pods of one file follow each other, as files of one folder do. */
function namesIn(folder: string): (file: string) => string {
  let last = { file: "", name: "" };
  let around = { folder: "", name: "" };
  return (file) => {
    if (file === last.file) return last.name;
    const own = file.slice(file.lastIndexOf("/") + 1);
    const beside = file.slice(0, file.length - own.length);
    if (beside === "" || beside !== around.folder) {
      const name = nameIn(folder, file);
      around = { folder: beside, name: name.slice(0, name.length - own.length) };
      last = { file, name };
    } else last = { file, name: around.name + own };
    return last.name;
  };
}

/** What is said of a pod; pods alike are judged once. */
export function judgeOf(
  plan: CheckPlan,
  memory: CheckMemory,
  placed: WorldsOf = worldsByNamespace(plan),
): (pod: PodDocument) => CheckedPod {
  const { level, excerpts } = plan;
  const options = { excerpts, memory, ...(level === undefined ? {} : { level }) };
  const named = namesIn(plan.folder);
  return (pod) => checkPodDocument(pod, placed(pod), { ...options, named: named(pod.file) });
}

export function imagesOf(document: PodDocument | undefined): ImagesOf {
  const containers = containersOf(document?.pod.spec).map(({ container }) => container);
  return new Map(containers.map((one) => [String(one?.name), String(one?.image ?? "")]));
}

/** Every Namespace of the inputs, wherever it stands: its labels hold for pods before it too. */
export function namespacesIn(inputs: Iterable<ReadInput>, options: ManifestOptions): JsonObject[] {
  const found: JsonObject[] = [];
  for (const { file, text } of inputs) {
    if (!text.includes("Namespace")) continue;
    for (const { skipped } of eachDocument(text, file, options)) {
      for (const { kind, object } of skipped) {
        if (kind === "Namespace" && isJsonObject(object)) found.push(object);
      }
    }
  }
  return found;
}

type WorldsOf = (pod: PodDocument) => readonly [World, ...World[]];

/** Pods of one namespace share their worlds. */
function worldsByNamespace(plan: CheckPlan): WorldsOf {
  const known = new Map<string, readonly [World, ...World[]]>();
  return (pod) => {
    const name = pod.workload.namespace ?? "";
    const before = known.get(name);
    if (before !== undefined) return before;
    const placed = (world: World): World =>
      labelled(withNamespace(world, pod, plan.namespaces), plan.labels);
    const [oldest, ...others] = plan.worlds;
    const worlds: readonly [World, ...World[]] = [placed(oldest), ...others.map(placed)];
    known.set(name, worlds);
    return worlds;
  };
}

function labelled(world: World, labels: Readonly<Record<string, string>>): World {
  if (Object.keys(labels).length === 0) return world;
  const namespace = { ...world.namespace, labels: { ...world.namespace.labels, ...labels } };
  return { ...world, namespace };
}
