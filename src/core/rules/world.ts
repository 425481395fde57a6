// Completes a world file to the world that every stage reads: what a runtime's release implies is filled in here.
import { atRelease, minor, parseKubeMinor, type Release } from "../model/version.ts";
import {
  completeWorld,
  DEFAULT_WORLD,
  NEWEST_KUBERNETES,
  type RuntimeName,
  type World,
  type WorldFile,
} from "../model/world.ts";
import { DEFAULT_RELEASE, RUNTIMES } from "../tables/runtimes.ts";

/** The world file says something that no world can be; the message is for people. */
export class WorldError extends Error {}

/** The last release of the kubelet that had a dockershim. */
const LAST_DOCKERSHIM = "v1.23";

/**
 * Completes `file` over `base`: a runtime named without version gets the newest recorded one, its features and OCI
 * runtime follow from its release unless told, and dockershim implies Kubernetes v1.23.
 * @throws WorldError for a Kubernetes, runtime or node.os that secctx does not know, and for dockershim after v1.23
 */
export function composeWorld(file: WorldFile, base: World = DEFAULT_WORLD): World {
  const name = file.runtime?.name ?? base.runtime.name;
  if (!Object.hasOwn(RUNTIMES, name)) {
    throw new WorldError(
      `unknown runtime "${name}": secctx knows ${Object.keys(RUNTIMES).join(", ")}`,
    );
  }
  checkOs(file.node?.os);
  const sameRuntime = name === base.runtime.name && file.runtime?.version === undefined;
  const version =
    file.runtime?.version ?? (sameRuntime ? base.runtime.version : DEFAULT_RELEASE[name]);
  const release =
    atRelease(RUNTIMES[name], checkRelease(version, name)) ?? RUNTIMES[name][0]?.value;
  const implied = sameRuntime || release === undefined ? base.runtime : release;
  const world = completeWorld(
    { ...file, runtime: { ...file.runtime, name, version: majorMinor(version) } },
    {
      ...base,
      runtime: { ...base.runtime, features: implied.features, ociRuntime: implied.ociRuntime },
    },
  );
  return { ...world, kubernetes: kubernetesOf(file, base, name) };
}

function kubernetesOf(file: WorldFile, base: World, runtime: RuntimeName): World["kubernetes"] {
  const told = file.kubernetes === undefined ? undefined : parseKubeMinor(String(file.kubernetes));
  if (file.kubernetes !== undefined && told === undefined) {
    throw new WorldError(`"${file.kubernetes}" is no Kubernetes version: write it as 1.37`);
  }
  const isTooNew = runtime === "dockershim" && minor(base.kubernetes) > minor(LAST_DOCKERSHIM);
  const inherited = isTooNew ? LAST_DOCKERSHIM : base.kubernetes;
  const kubernetes = told ?? inherited;
  if (minor(kubernetes) > minor(NEWEST_KUBERNETES)) {
    throw new WorldError(
      `Kubernetes ${kubernetes.slice(1)} is newer than the newest that this secctx knows (${NEWEST_KUBERNETES.slice(1)})`,
    );
  }
  if (runtime === "dockershim" && minor(kubernetes) > minor(LAST_DOCKERSHIM)) {
    throw new WorldError(
      `Kubernetes ${kubernetes.slice(1)} has no dockershim: 1.24 removed it (--kubernetes 1.23, or --runtime docker)`,
    );
  }
  return kubernetes;
}

function checkOs(os: string | undefined): void {
  if (os === undefined || os === "linux" || os === "windows") return;
  throw new WorldError(`unknown node.os "${os}": secctx knows linux, windows`);
}

function checkRelease(version: string, name: RuntimeName): Release {
  if (!/^\d+\.\d+(\.\d+)?$/.test(version)) {
    throw new WorldError(
      `"${version}" is no version of ${name}: write it as ${name}@${DEFAULT_RELEASE[name]}`,
    );
  }
  return majorMinor(version);
}

function majorMinor(version: string): Release {
  return version.split(".").slice(0, 2).join(".") as Release;
}
