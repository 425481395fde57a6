// The mounts of a container as the kubelet asks for them: read-only or not, how deep, how they propagate, whose ids they show.
import type { CriMount } from "../model/cri.ts";
import { isJsonObject } from "../model/json.ts";
import type { Container, Pod, Volume, VolumeMount } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { goQuote } from "../rules/goText.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import { CLAIMED, type VolumePlugin } from "../tables/volumePlugins.ts";
import { pluginOfVolume } from "./changePermissions.ts";
import type { Draft } from "./criWire.ts";
import type { PodNamespaces } from "./namespacesForPod.ts";
import { canMapFiles, type NodePaths, nodePaths, shouldMountHostsFile } from "./nodePaths.ts";
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

/** The name of the termination log is drawn at random: eight hex digits. */
const LOG_NAME = "00000000";

/**
 * The volumes in the container's order, then /etc/hosts unless a volume stands there, then the termination log.
 * The pod's address is taken to be known by then.
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go makeMounts
 */
export function makeMounts(facts: MountFacts, world: World): CriMount[] | MountRefusal {
  const { pod, container, namespaces } = facts;
  const paths = nodePaths(world);
  const podFolder = paths.join(world.node.kubeletRoot, "pods", pod.metadata?.uid ?? "");
  const mounts: Draft<CriMount>[] = [];
  const mapsFiles = canMapFiles(world);
  let hostsFile = mapsFiles && shouldMountHostsFile(pod, world);
  for (const [index, volumeMount] of (container.volumeMounts ?? []).entries()) {
    if (volumeMount.mountPath === paths.hostsFile) hostsFile = false;
    const mount = volumeToMount(facts, volumeMount, paths, world);
    if (typeof mount === "string") return { problem: mount, index };
    setHostPath(mount, facts, { podFolder, index, paths });
    mounts.push(mount);
  }
  const label = relabels(world) ? { selinux_relabel: true } : {};
  if (hostsFile) {
    const host_path = paths.hostPath(paths.join(podFolder, "etc-hosts"));
    mounts.push({ container_path: paths.hostsFile, host_path, ...label });
  }
  const log = container["terminationMessagePath"];
  if (typeof log === "string" && log !== "" && mapsFiles) {
    const file = paths.join(podFolder, "containers", container.name, LOG_NAME);
    const host_path = paths.hostPath(file);
    mounts.push({ container_path: paths.logPath(log), host_path, ...label });
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
  paths: NodePaths,
  world: World,
): Draft<CriMount> | string {
  const { name } = volumeMount;
  const subPath = volumeMount.subPath ?? "";
  const volume = volumeOf(facts.pod, name);
  if (volume === undefined) {
    return `cannot find volume ${goQuote(name)} to mount into container ${goQuote(facts.container.name)}`;
  }
  if (paths.isAbsolute(subPath)) return `error SubPath \`${subPath}\` must not be an absolute path`;
  if (paths.parts(subPath).includes("..")) {
    return `unable to provision SubPath \`${subPath}\`: must not contain '..'`;
  }
  const mode = volumeMount.mountPropagation ?? undefined;
  const propagation = paths.propagates ? translateMountPropagation(mode) : undefined;
  if (propagation === "refused") {
    return `invalid MountPropagation mode: ${goQuote(mode ?? "")}`;
  }
  const recursive = resolveRecursiveReadOnly(volumeMount, facts.handler, world);
  if (typeof recursive === "string") return recursive;
  const plugin = pluginOfVolume(volume) ?? CLAIMED;
  const container_path = paths.containerPath(volumeMount.mountPath ?? "", world);
  const mount: Draft<CriMount> = { container_path };
  const readOnly = volumeMount.readOnly === true || isReadOnly(plugin, volume);
  if (readOnly) mount.readonly = true;
  if (relabels(world) && plugin.relabels && !isReadOnlySource(plugin, volume)) {
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
  where: { readonly podFolder: string; readonly index: number; readonly paths: NodePaths },
): void {
  const { podFolder, index, paths } = where;
  const volumeMount = facts.container.volumeMounts?.[index];
  if (volumeMount === undefined) return;
  const { name } = volumeMount;
  const volume = volumeOf(facts.pod, name);
  if (volume === undefined) return;
  const folder = folderOf(volume, podFolder, paths);
  const subPath = volumeMount.subPath ?? "";
  if (subPath === "" && (volumeMount.subPathExpr ?? "") === "") {
    if (folder !== undefined) mount.host_path = paths.hostPath(folder);
    return;
  }
  const below = paths.subPath(
    { podFolder, container: facts.container.name, name, index },
    folder,
    subPath,
  );
  if (below !== undefined) mount.host_path = paths.hostPath(below);
}

function folderOf(volume: Volume, podFolder: string, paths: NodePaths): string | undefined {
  const source = volume["hostPath"];
  if (isJsonObject(source)) return String(source["path"]);
  const folder = pluginOfVolume(volume)?.folder;
  return folder && paths.join(podFolder, "volumes", folder, volume.name);
}

/** A Windows node has no SELinux, whatever else its facts say. */
function relabels(world: World): boolean {
  return world.node.seLinux && nodeOs(world) === "linux";
}
