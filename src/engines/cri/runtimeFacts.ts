// What a CRI runtime tells of itself: its release, configuration and features, as the world file spells them.

import type { Release } from "../../core/model/version.ts";
import type { RuntimeFacts, RuntimeFeatures } from "../../core/model/world.ts";
import { parseJson } from "../../core/rules/json.ts";
import { EngineError } from "../../node/errors.ts";
import { DeadlineExceeded } from "../patience.ts";
import { type CriClient, isUnanswered, needAnswer } from "./client.ts";
import type { StatusResponse } from "./wire/runtimeV1_pb.js";

export interface CriRuntime {
  readonly client: CriClient;
  readonly fullVersion: string;
  readonly version: Release;
  readonly config: RuntimeFacts["config"];
  readonly features: RuntimeFeatures | null;
  /** Name or path of the OCI runtime behind it. */
  readonly ociRuntime: string;
}

/**
 * Version and Status of the runtime at the socket.
 * @throws EngineError when none answers, or one whose rules secctx does not know
 */
export async function askRuntime(client: CriClient): Promise<CriRuntime> {
  const { runtime, socket } = client;
  try {
    const { runtimeName, runtimeVersion } = await runtime.version({});
    const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(runtimeVersion) ?? [];
    if (runtimeName !== "containerd" || major === undefined) {
      throw new EngineError(
        `${socket} is ${runtimeName} ${runtimeVersion}: the cri engine knows the rules of containerd only`,
      );
    }
    const status = await runtime.status({ verbose: true });
    const told = configOf(status.info["config"]);
    return {
      client,
      fullVersion: runtimeVersion,
      version: `${Number(major)}.${Number(minor)}`,
      config: factsOf(told),
      features: featuresOf(status),
      ociRuntime: ociRuntimeOf(told),
    };
  } catch (error) {
    client.close();
    if (error instanceof EngineError) throw error;
    if (isUnanswered(error)) throw new DeadlineExceeded(`the runtime at ${socket}`);
    const words = needAnswer(error, socket);
    // Debian's docker.io and Docker's own packages bring containerd without it.
    const plugin = /unknown service/.test(words)
      ? "; its CRI plugin does not run: see disabled_plugins in containerd's config.toml"
      : "";
    throw new EngineError(`the runtime at ${socket} says: ${words}${plugin}`);
  }
}

/** Of containerd's CRI configuration what bears on security. @see containerd v2.1.9 internal/cri/config/config.go */
interface ContainerdConfig {
  readonly enableSelinux?: boolean;
  readonly selinuxCategoryRange?: number;
  readonly disableApparmor?: boolean;
  readonly unsetSeccompProfile?: string;
  readonly enableUnprivilegedPorts?: boolean;
  readonly enableUnprivilegedICMP?: boolean;
  readonly containerd?: {
    readonly defaultRuntimeName?: string;
    readonly runtimes?: Readonly<Record<string, RuntimeConfig>>;
  };
}
interface RuntimeConfig {
  readonly privileged_without_host_devices?: boolean;
  readonly options?: { readonly BinaryName?: string } | null;
}

function configOf(text: string | undefined): ContainerdConfig {
  const value = parseJson(text ?? "{}");
  return value as object as ContainerdConfig;
}

function defaultRuntime({ containerd }: ContainerdConfig): RuntimeConfig {
  return containerd?.runtimes?.[containerd.defaultRuntimeName ?? "runc"] ?? {};
}

function factsOf(told: ContainerdConfig): RuntimeFacts["config"] {
  const facts = {
    enableSelinux: told.enableSelinux,
    selinuxEnabled: told.enableSelinux,
    selinuxCategoryRange: told.selinuxCategoryRange,
    disableAppArmor: told.disableApparmor,
    unsetSeccompProfile: told.unsetSeccompProfile,
    enableUnprivilegedPorts: told.enableUnprivilegedPorts,
    enableUnprivilegedIcmp: told.enableUnprivilegedICMP,
    privilegedWithoutHostDevices: defaultRuntime(told).privileged_without_host_devices,
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function ociRuntimeOf(told: ContainerdConfig): string {
  return defaultRuntime(told).options?.BinaryName || "runc";
}

/** null: a runtime from before there were features. @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/helpers.go toKubeRuntimeStatus */
function featuresOf({ runtimeHandlers, features }: StatusResponse): RuntimeFeatures | null {
  const handler = runtimeHandlers.find(({ name }) => name === "")?.features;
  if (handler === undefined && features === undefined) return null;
  return {
    userns: handler?.userNamespaces ?? false,
    recursiveReadOnlyMounts: handler?.recursiveReadOnlyMounts ?? false,
    usernsHostNetwork: features?.userNamespacesHostNetwork ?? false,
    supplementalGroupsPolicy: features?.supplementalGroupsPolicy ?? false,
  };
}
