// What each container of a walked pod is started with: image, process, mounts and the documents of the rooms.
import type { ContainerWalk } from "../core/journey/runtime.ts";
import type { KubeletContainer } from "../core/kubelet/kubelet.ts";
import type { CriMount } from "../core/model/cri.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { OciSpec } from "../core/model/oci.ts";
import { type ContainerAt, containersOf, type Pod } from "../core/model/pod.ts";
import type { World } from "../core/model/world.ts";
import type {
  ContainerMount,
  ContainerRequest,
  DockerRequest,
  Engine,
  RequestedImage,
} from "../engines/engine.ts";
import type { Image } from "../images/images.ts";
import type { MemoryFacts } from "../node/memory.ts";
import { hostAllocatable } from "../volumes/downwardAPI.ts";
import { VolumeError } from "../volumes/failure.ts";
import { fileKeyValue } from "../volumes/fileKey.ts";
import { containerMounts, type PreparedMount, type PreparedVolume } from "../volumes/volumes.ts";
import { containerProcess } from "./containerProcess.ts";
import { withContainerLimits } from "./containerResources.ts";
import { configObjects, makeEnvironment } from "./environment.ts";
import { serviceEnvironment } from "./serviceEnvironment.ts";
import { terminationLog } from "./terminationMessage.ts";

export interface ContainerPlan {
  readonly at: ContainerAt;
  readonly kubelet: KubeletContainer;
  readonly walk: ContainerWalk | undefined;
}

/** The containers in the kubelet's order. */
export function planContainers(
  pod: Pod,
  kubelet: readonly KubeletContainer[],
  walks: readonly ContainerWalk[],
): ContainerPlan[] {
  return containersOf(pod.spec).flatMap((at) => {
    const { name } = at.container;
    const answer = kubelet.find((container) => container.name === name);
    const walk = walks.find((container) => container.name === name);
    return answer === undefined ? [] : [{ at, kubelet: answer, walk }];
  });
}

/** Do its documents come as far as the runtime? dockershim refuses some before Docker Engine sees them. */
export function isAsked({ kubelet, walk }: ContainerPlan, { runtime }: World): boolean {
  if (kubelet.config === null || walk === undefined) return false;
  return runtime.name === "containerd" || walk.hostConfig !== null || walk.step === "sandbox";
}

/** undefined when no container comes so far that it needs a sandbox; a runtime makes the spec itself. */
export function sandboxSpecOf(
  plans: readonly ContainerPlan[],
  world: World,
  { isRuntime }: Pick<Engine, "isRuntime">,
): OciSpec | undefined {
  const made = plans.find(({ walk }) => walk?.sandboxSpec)?.walk?.sandboxSpec;
  if (made) return made;
  return isRuntime && plans.some((plan) => isAsked(plan, world)) ? {} : undefined;
}

export interface StartContext {
  readonly pod: Pod;
  readonly hostname: string;
  readonly objects: readonly JsonObject[];
  readonly fieldValues: Readonly<Record<string, string>>;
  readonly volumes: readonly PreparedVolume[];
  /** Of the sandbox. */
  readonly root: string;
  /** Folder for what the kubelet keeps beside the volumes. */
  readonly data: string;
  readonly world: World;
  readonly memory: MemoryFacts;
}

export type StartRequest = Omit<ContainerRequest, "attempt" | "probe" | "output">;

/** The request to the engine, or the kubelet's words why there is none. */
export function startRequest(
  { at, kubelet, walk }: ContainerPlan,
  image: Image,
  context: StartContext,
): StartRequest | { readonly refusal: string } {
  const { pod, hostname } = context;
  const { container } = at;
  const namespace = pod.metadata?.namespace ?? "";
  const objects = configObjects(context.objects, namespace);
  let environment: Map<string, string>;
  try {
    environment = makeEnvironment({
      ...{ pod, container, objects, services: serviceEnvironment(pod, context.objects) },
      fieldValues: context.fieldValues,
      allocatable: () => hostAllocatable(context.world.node.kubeletRoot),
      fileKey: (selector) => fileKeyValue(selector, context.volumes, context.root),
    });
  } catch (error) {
    if (!(error instanceof VolumeError)) throw error;
    return { refusal: error.message };
  }
  const process = containerProcess(container, image.config, { environment, hostname });
  if (process.args.length === 0) return { refusal: "no command specified" };
  const { mounts, failure } = containerMounts(
    container,
    context.volumes,
    Object.fromEntries(environment),
    context.root,
  );
  if (failure !== undefined) return { refusal: failure.message };
  return {
    name: container.name,
    kind: at.kind,
    image: requestedImage(image),
    process,
    mounts: asAsked(
      [...mounts.map(toContainerMount), ...terminationLog(container, context.data)],
      kubelet.config?.mounts ?? [],
    ),
    ...withContainerLimits(documentsOf(kubelet, walk), at, context),
  };
}

function requestedImage({ reference, rootfs, digest, config, source }: Image): RequestedImage {
  const isDirectory = source.startsWith("dir:");
  return { reference, rootfs, digest, user: config.user, isDirectory };
}

function documentsOf(
  kubelet: KubeletContainer,
  walk: ContainerWalk | undefined,
): Pick<ContainerRequest, "cri" | "spec" | "docker"> {
  const spec = walk?.spec ?? null;
  return { cri: kubelet.config?.linux ?? {}, spec, docker: dockerRequest(walk) };
}

function dockerRequest(walk: ContainerWalk | undefined): DockerRequest | null {
  const { config, hostConfig } = walk ?? {};
  return config && hostConfig ? { config, hostConfig } : null;
}

/** The folders are this machine's; how each is mounted, the kubelet says. */
function asAsked(mounts: readonly ContainerMount[], asked: readonly CriMount[]): ContainerMount[] {
  return mounts.map((mount) => {
    const same = asked.find(({ container_path }) => container_path === mount.container_path);
    return { ...same, ...mount };
  });
}

function toContainerMount(prepared: PreparedMount): ContainerMount {
  const { volume, mount, source, readOnly, open, notPrepared = "" } = prepared;
  return {
    container_path: mount.mountPath,
    host_path: source,
    ...(readOnly ? { readonly: true } : {}),
    ...(open === undefined ? {} : { subPath: { volume: volume.path, open, notPrepared } }),
  };
}
