// The walk: one pod through every room in order, straight-line; an earlier refusal ends it unless all stages are asked for.
import { type ApiAnswer, apiserver } from "./apiserver/apiserver.ts";
import { fromObject, fromRoot } from "./journey/fast.ts";
import { type PodSecurityWalk, podSecurityOf } from "./journey/podSecurity.ts";
import { createRequest, podToRun } from "./journey/podToRun.ts";
import { type ContainerWalk, type RuntimeOptions, runtimeOf } from "./journey/runtime.ts";
import { type KubeletAnswer, kubelet } from "./kubelet/kubelet.ts";
import type { PodDocument } from "./manifest/manifest.ts";
import type { Finding } from "./model/finding.ts";
import type { Pod } from "./model/pod.ts";
import type { StageReport } from "./model/report.ts";
import type { World } from "./model/world.ts";
import { nodeOs } from "./rules/nodeOs.ts";
import { RECORDED_KUBERNETES, RECORDED_RELEASES } from "./tables/runtimes.ts";

export interface JourneyOptions extends RuntimeOptions {
  /** Walk on behind a refusal, with what the refusing stage would have passed on. */
  readonly allStages?: boolean;
}

/** `null` where an earlier stage refused. */
export interface Journey {
  readonly document: PodDocument;
  readonly world: World;
  readonly apiserver: StageReport<ApiAnswer>;
  readonly podSecurity: PodSecurityWalk;
  /** The pod as the kubelet gets it: defaulted, with a name and a namespace. */
  readonly pod: Pod | null;
  readonly kubelet: StageReport<KubeletAnswer> | null;
  /** What of this world no recording covers: `Kubernetes 1.30`, `Windows nodes`. */
  readonly unverified: readonly string[];
  /** In the order of the kubelet's containers; null also for a Windows node, whose runtime is not walked. */
  readonly containers: readonly ContainerWalk[] | null;
}

/** Walks one pod document through all stages of `world`. */
export function walk(document: PodDocument, world: World, options: JourneyOptions = {}): Journey {
  return walkOn(admit(document, world, options), world, options);
}

/** The first stages alone, which look at no image: API server and Pod Security. `walkOn` goes on from here. */
export function admit(document: PodDocument, world: World, options: JourneyOptions = {}): Journey {
  const accepted = apiserver(createRequest(document, world), world, options);
  const pod = podToRun(document, accepted.out, world, options);
  const podSecurity = podSecurityOf(document, pod, world);
  const unverified = unverifiedOf(world);
  return {
    document,
    world,
    unverified,
    apiserver: accepted,
    podSecurity,
    pod,
    kubelet: null,
    containers: null,
  };
}

/** @param world that of `admitted`, with all that is known of images */
export function walkOn(admitted: Journey, world: World, options: JourneyOptions = {}): Journey {
  const { pod, apiserver: accepted, podSecurity } = admitted;
  const refused = accepted.out.status !== null || podSecurity.refusal !== undefined;
  if (pod === null || (refused && options.allStages !== true)) return admitted;
  const started = kubelet({ pod }, world, options);
  if (started.out.sandbox === null || nodeOs(world) === "windows")
    return { ...admitted, world, kubelet: started };
  const containers = runtimeOf(started.out, pod, world, options);
  return { ...admitted, world, kubelet: started, containers };
}

function unverifiedOf(world: World): string[] {
  const { kubernetes, runtime } = world;
  const names: string[] = [];
  if (!RECORDED_KUBERNETES.includes(kubernetes)) names.push(`Kubernetes ${kubernetes.slice(1)}`);
  if (!RECORDED_RELEASES[runtime.name].includes(runtime.version)) {
    names.push(`${runtime.name} ${runtime.version}`);
  }
  if (nodeOs(world) === "windows") names.push("Windows nodes");
  return names;
}

/** Where a Windows kubelet would hand the pod on, the walk ends. */
function notWalked({ kubelet: started, world }: Journey): Finding[] {
  const sandbox = started?.out.sandbox ?? null;
  if (sandbox === null || nodeOs(world) === "linux") return [];
  const { name, version } = world.runtime;
  const stage = name;
  const message = "what runtime and kernel of a Windows node make of the pod is not predicted";
  const origin = `${name} ${version}`;
  return [{ id: `${stage}.windowsNode`, stage, severity: "note", path: ["spec"], message, origin }];
}

/** All findings of a journey, with paths from the document's root. */
export function findingsOf(journey: Journey): Finding[] {
  const { document } = journey;
  const findings = [...document.findings];
  for (const finding of journey.apiserver.findings) findings.push(fromObject(finding, document));
  function add(inPod: readonly Finding[]): void {
    for (const finding of inPod) findings.push(fromRoot(finding, document));
  }
  add(journey.podSecurity.findings);
  add(journey.kubelet?.findings ?? []);
  for (const container of journey.containers ?? []) add(container.findings);
  add(notWalked(journey));
  return findings;
}
