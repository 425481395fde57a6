// The lab in which the kubelet's recordings were made: its rows, and the world that each of them lived in.
import type { KubeEvent } from "../src/core/kubelet/kubelet.ts";
import type {
  CriMount,
  LinuxContainerConfig,
  LinuxPodSandboxConfig,
} from "../src/core/model/cri.ts";
import type { JsonObject } from "../src/core/model/json.ts";
import { type Container, containersOf, type Pod } from "../src/core/model/pod.ts";
import {
  completeWorld,
  type ImageFacts,
  type World,
  type WorldFile,
} from "../src/core/model/world.ts";

interface NodeConfig {
  readonly seccompDefault: boolean;
  readonly allowedUnsafeSysctls: readonly string[];
  readonly appArmor: boolean;
  readonly runtimeFeatures: {
    readonly noFeaturesReported: boolean;
    readonly rro: boolean;
    readonly supplementalGroupsPolicy: boolean;
    readonly userns: boolean;
    readonly usernsHostNetwork: boolean;
  };
  readonly featureGates?: Readonly<Record<string, boolean>>;
  readonly defaultPodSysctls?: Readonly<Record<string, string>>;
  readonly name: string;
}
export interface Row {
  readonly name: string;
  readonly nodeConfig: NodeConfig;
  readonly pod: { readonly metadata: JsonObject };
  readonly uid: string;
  readonly storedAnnotations?: Readonly<Record<string, string>>;
  readonly defaultedSpec: Pod["spec"];
  readonly sandbox?: { readonly linux: LinuxPodSandboxConfig };
  readonly containers:
    | readonly {
        readonly name: string;
        readonly request: {
          readonly linux: LinuxContainerConfig;
          readonly mounts?: readonly CriMount[];
        };
      }[]
    | null;
  readonly podStatus: {
    readonly phase: string;
    readonly reason?: string;
    readonly message?: string;
  };
  readonly waiting: readonly { container: string; reason: string; message?: string }[] | null;
  readonly events: readonly KubeEvent[];
}

/** The users of the lab's images, as its README lists them; the others have none. */
const IMAGES: Readonly<Record<string, ImageFacts>> = {
  root: { uid: 0 },
  named: { username: "app" },
  rootname: { username: "root" },
  both: { uid: 1234, username: "both" },
  neg: { uid: -1 },
  big: { uid: 4294967296 },
  nouser: {},
  u1000: { uid: 1000 },
};
/** The lab's API server has one ConfigMap and one Secret. */
const CONFIG_MAPS = { cm: ["a", "b"] };
const SECRETS = { sec: ["k"] };
/** The lab's RuntimeClasses: `plain` reports no features of its own. */
const NO_FEATURES = { userns: false, recursiveReadOnlyMounts: false };
const CLASSES = { runc: { handler: "runc" }, plain: { handler: "plain", features: NO_FEATURES } };

/** README: `rro` is recursiveReadOnlyMounts, noFeaturesReported is features null, the rest has the same names. */
export function worldOf(row: Row): World {
  const { runtimeFeatures: told, ...node } = row.nodeConfig;
  const features = {
    userns: told.userns,
    usernsHostNetwork: told.usernsHostNetwork,
    supplementalGroupsPolicy: told.supplementalGroupsPolicy,
    recursiveReadOnlyMounts: told.rro,
  };
  const images: Record<string, ImageFacts> = {};
  for (const { container } of containersOf(row.defaultedSpec)) {
    images[container.image ?? ""] = IMAGES[imageName(container)] ?? {};
  }
  const file: WorldFile = {
    kubernetes: "v1.37",
    featureGates: node.featureGates ?? {},
    namespace: { name: "lab", configMaps: CONFIG_MAPS, secrets: SECRETS },
    node: {
      seccompDefault: node.seccompDefault,
      allowedUnsafeSysctls: node.allowedUnsafeSysctls,
      defaultPodSysctls: node.defaultPodSysctls ?? {},
      appArmor: node.appArmor,
      kubeletRoot: "<root>",
    },
    runtime: { features: told.noFeaturesReported ? null : features, classes: CLASSES },
    images,
  };
  return completeWorld(file);
}

function imageName(container: Container): string {
  return /^registry\.test\/([^:]*)/.exec(container.image ?? "")?.[1] ?? "";
}
