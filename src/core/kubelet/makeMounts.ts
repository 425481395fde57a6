// The mounts of a container as the kubelet asks for them: read-only or not, how deep, how they propagate, whose ids they show.
import type { CriMount } from "../model/cri.ts";
import { isJsonObject } from "../model/json.ts";
import type { Container, Pod, Volume, VolumeMount } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { goQuote } from "../rules/goText.ts";
import { CLAIMED, type VolumePlugin } from "../tables/volumePlugins.ts";
import { pluginOfVolume } from "./changePermissions.ts";
import type { Draft } from "./criWire.ts";
import type { PodNamespaces } from "./namespacesForPod.ts";
import type { RuntimeHandler } from "./runtimeHandler.ts";

export interface MountRefusal {
  readonly problem: string;
  /** Which of the container's volumeMounts. */
  readonly index: number;
}

export interface MountFacts {
  readonly pod: Pod;
  readonly container: Container;
  readonly handler: RuntimeHandler;
  readonly namespaces: PodNamespaces;
}

/** The kubelet's own file, in its folder for the pod. */
const HOSTS_FILE = "/etc/hosts";
/** The name of the termination log is drawn at random: eight hex digits. */
const LOG_NAME = "00000000";

/**
 * The volumes in the container's order, then /etc/hosts unless a volume stands there, then the termination log.
 * The pod's address is taken to be known by then.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeMounts
 */
export function makeMounts(facts: MountFacts, world: World): CriMount[] | MountRefusal {
  const { pod, container, namespaces } = facts;
  const podFolder = `${world.node.kubeletRoot}/pods/${pod.metadata?.uid ?? ""}`;
  const mounts: Draft<CriMount>[] = [];
  let hostsFile = true;
  for (const [index, volumeMount] of (container.volumeMounts ?? []).entries()) {
    if (volumeMount.mountPath === HOSTS_FILE) hostsFile = false;
    const mount = volumeToMount(facts, volumeMount, world);
    if (typeof mount === "string") return { problem: mount, index };
    setHostPath(mount, facts, { podFolder, index });
    mounts.push(mount);
  }
  const label = world.node.seLinux ? { selinux_relabel: true } : {};
  if (hostsFile) {
    mounts.push({ container_path: HOSTS_FILE, host_path: `${podFolder}/etc-hosts`, ...label });
  }
  const log = container["terminationMessagePath"];
  if (typeof log === "string" && log !== "") {
    const host_path = `${podFolder}/containers/${container.name}/${LOG_NAME}`;
    mounts.push({ container_path: absolute(log), host_path, ...label });
  }
  const ids = namespaces.user?.value;
  if (ids?.uids === undefined || ids.gids === undefined) return mounts;
  for (const mount of mounts) {
    mount.uidMappings = ids.uids;
    mount.gidMappings = ids.gids;
  }
  return mounts;
}

/** A string is the kubelet's refusal. */
function volumeToMount(
  facts: MountFacts,
  volumeMount: VolumeMount,
  world: World,
): Draft<CriMount> | string {
  const { name } = volumeMount;
  const subPath = volumeMount.subPath ?? "";
  const volume = volumeOf(facts.pod, name);
  if (volume === undefined) {
    return `cannot find volume ${goQuote(name)} to mount into container ${goQuote(facts.container.name)}`;
  }
  if (subPath.startsWith("/")) return `error SubPath \`${subPath}\` must not be an absolute path`;
  if (subPath.split("/").includes("..")) {
    return `unable to provision SubPath \`${subPath}\`: must not contain '..'`;
  }
  const propagation = translateMountPropagation(volumeMount.mountPropagation ?? undefined);
  if (propagation === "refused") {
    return `invalid MountPropagation mode: ${goQuote(volumeMount.mountPropagation ?? "")}`;
  }
  const recursive = resolveRecursiveReadOnly(volumeMount, facts.handler, world);
  if (typeof recursive === "string") return recursive;
  const plugin = pluginOfVolume(volume) ?? CLAIMED;
  const mount: Draft<CriMount> = { container_path: absolute(volumeMount.mountPath ?? "") };
  const readOnly = volumeMount.readOnly === true || isReadOnly(plugin, volume);
  if (readOnly) mount.readonly = true;
  if (world.node.seLinux && plugin.relabels && !isReadOnlySource(plugin, volume)) {
    mount.selinux_relabel = true;
  }
  if (propagation !== undefined) mount.propagation = propagation;
  if (recursive) mount.recursive_read_only = true;
  return mount;
}

function volumeOf(pod: Pod, name: string): Volume | undefined {
  return pod.spec.volumes?.find((volume) => volume.name === name);
}

/** undefined: private, the default. @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go translateMountPropagation */
function translateMountPropagation(mode: string | undefined): CriMount["propagation"] | "refused" {
  if (mode === undefined || mode === "None") return undefined;
  if (mode === "HostToContainer") return "PROPAGATION_HOST_TO_CONTAINER";
  return mode === "Bidirectional" ? "PROPAGATION_BIDIRECTIONAL" : "refused";
}

/** The kubelet knows recursiveReadOnly since then. */
const RECURSIVE: Versioned<boolean> = [{ since: "v1.30", value: true }];

/** A string is the refusal. @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go resolveRecursiveReadOnly */
function resolveRecursiveReadOnly(
  mount: VolumeMount,
  handler: RuntimeHandler,
  world: World,
): boolean | string {
  const mode = mount.recursiveReadOnly ?? "Disabled";
  if (mode === "Disabled" || at(RECURSIVE, world.kubernetes) !== true) return false;
  const prefix = "failed to resolve recursive read-only mode: ";
  const asks = `${prefix}volume ${goQuote(mount.name)} requested recursive read-only mode, but it is not`;
  if (mount.readOnly !== true) return `${asks} read-only`;
  const propagation = mount.mountPropagation ?? "None";
  if (propagation !== "None") return `${asks} compatible with propagation ${goQuote(propagation)}`;
  const supported = handler.recursiveReadOnlyMounts;
  if (mode === "Enabled" && !supported) return `${asks} supported by the runtime`;
  if (mode !== "Enabled" && mode !== "IfPossible") {
    return `${prefix}unknown recursive read-only mode ${goQuote(mode)}`;
  }
  if (supported && !gateEnabled(world, "RecursiveReadOnlyMounts")) {
    return 'recursive read-only mount needs feature gate "RecursiveReadOnlyMounts" to be enabled';
  }
  return supported;
}

function isReadOnly(plugin: VolumePlugin, volume: Volume): boolean {
  return plugin.readOnly === "always" || isReadOnlySource(plugin, volume);
}

function isReadOnlySource(plugin: VolumePlugin, volume: Volume): boolean {
  if (plugin.readOnly !== "source") return false;
  const source = volume[plugin.source];
  return isJsonObject(source) && source["readOnly"] === true;
}

/** Where the volume lies on the node, for those whose place the pod tells. */
function setHostPath(
  mount: Draft<CriMount>,
  facts: MountFacts,
  where: { readonly podFolder: string; readonly index: number },
): void {
  const volumeMount = facts.container.volumeMounts?.[where.index];
  if (volumeMount === undefined) return;
  const { name, subPath, subPathExpr } = volumeMount;
  const volume = volumeOf(facts.pod, name);
  if (volume === undefined) return;
  if ((subPath ?? "") !== "" || (subPathExpr ?? "") !== "") {
    mount.host_path = `${where.podFolder}/volume-subpaths/${name}/${facts.container.name}/${where.index}`;
    return;
  }
  const plugin = pluginOfVolume(volume);
  const source = volume["hostPath"];
  if (isJsonObject(source)) {
    mount.host_path = String(source["path"]);
  } else if (plugin?.folder !== undefined) {
    mount.host_path = `${where.podFolder}/volumes/${plugin.folder}/${name}`;
  }
}

function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
