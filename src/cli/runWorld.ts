// The world of a pod that runs here: what this machine is, under what the command line says.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { containersOf, type Pod } from "../core/model/pod.ts";
import type { World, WorldFile } from "../core/model/world.ts";
import { nodeOs } from "../core/rules/nodeOs.ts";
import type { ChosenEngine } from "../engines/engines.ts";
import { type HostFacts, hostDevices } from "../node/node.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { worldOf } from "./options.ts";

export interface Here {
  readonly host: HostFacts;
  readonly engine: ChosenEngine;
  readonly pod: Pod;
  /** Names and keys of the ConfigMaps and Secrets in the same files. */
  readonly objects: Pick<World["namespace"], "configMaps" | "secrets">;
}

/**
 * The runtime that will run the pod decides which rules hold; for an OCI runtime, which takes any specs, the user does.
 * @throws UsageError
 */
export function worldHere(options: OptionValues, { host, engine, pod, objects }: Here): World {
  const kubeletRoot = kubeletRootOf(options);
  const here: WorldFile = {
    node: {
      ...host.node,
      ...(kubeletRoot === undefined ? {} : { kubeletRoot }),
      ...(isAnyPrivileged(pod) ? { devices: hostDevices().map((device) => ({ ...device })) } : {}),
    },
    runtime: engine.told,
  };
  const world = worldOf(options, here);
  checkRuntime(world.runtime, engine);
  const { node } = world;
  if (nodeOs(world) !== "linux") {
    throw new UsageError(
      `node.os ${nodeOs(world)}: run makes containers of Linux only; explain knows more`,
    );
  }
  return {
    ...world,
    namespace: { ...world.namespace, ...objects },
    node: {
      ...node,
      seccompProfiles: node.seccompProfiles ?? seccompProfiles(node.kubeletRoot, pod),
    },
    runtime: {
      ...world.runtime,
      ociRuntime: engine.told.ociRuntime,
    },
  };
}

/** @throws UsageError for rules that are not those of who runs the containers */
function checkRuntime({ name, version }: World["runtime"], { told }: ChosenEngine): void {
  if (told.name === undefined) {
    if (name === "containerd") return;
    throw new UsageError(
      `--runtime ${name}: an OCI runtime gets its specs by containerd's rules only; --engine docker has Docker's`,
    );
  }
  if (name === told.name && version === told.version) return;
  throw new UsageError(
    `--runtime ${name}@${version}: this engine is ${told.name} ${told.version}, and its rules hold`,
  );
}

function kubeletRootOf(options: OptionValues): string | undefined {
  const told = options["kubeletRoot"];
  return typeof told === "string" ? resolve(told) : undefined;
}

function isAnyPrivileged(pod: Pod): boolean {
  return containersOf(pod.spec).some(({ container }) => container?.securityContext?.privileged);
}

const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

/** Only for a pod that names one: reading the folder costs more than all the rest. */
function seccompProfiles(kubeletRoot: string, pod: Pod): Record<string, string> {
  const profiles: Record<string, string> = {};
  if (!JSON.stringify(pod).includes('"localhostProfile"')) return profiles;
  const folder = join(kubeletRoot, "seccomp");
  let entries: ReturnType<typeof filesBelow>;
  try {
    entries = filesBelow(folder);
  } catch {
    return profiles;
  }
  let size = 0;
  for (const file of entries) {
    const text = readFileSync(file, "utf8");
    size += text.length;
    if (size > MAX_PROFILE_BYTES) {
      throw new UsageError(`${folder} holds more than 4 MiB of seccomp profiles`);
    }
    profiles[relative(folder, file)] = text;
  }
  return profiles;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
