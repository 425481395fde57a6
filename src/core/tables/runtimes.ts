// Which runtimes secctx knows, what each release reports to the kubelet, and the OCI runtime it was recorded with.
// @see test/golden/RUNTIMES.md (containerd's Status: handlers and features)
import type { Release, ReleasedRows } from "../model/version.ts";
import type { RuntimeFacts, RuntimeFeatures, RuntimeName } from "../model/world.ts";

export interface RuntimeRelease {
  readonly features: RuntimeFeatures | null;
  readonly ociRuntime: RuntimeFacts["ociRuntime"];
}

const RUNC_1_1 = { name: "runc", version: "1.1" } as const;
const RUNC_1_3 = { name: "runc", version: "1.3" } as const;

/** Before 2.0 containerd's Status names neither handlers nor features: the kubelet takes them for absent. */
const CONTAINERD: ReleasedRows<RuntimeRelease> = [
  { since: "1.6", value: { features: null, ociRuntime: RUNC_1_1 } },
  {
    since: "2.0",
    value: {
      features: {
        userns: true,
        usernsHostNetwork: false,
        supplementalGroupsPolicy: true,
        recursiveReadOnlyMounts: true,
      },
      ociRuntime: RUNC_1_3,
    },
  },
];

/** The CRI in front of Docker (dockershim) reports no features in any release. */
const DOCKER: ReleasedRows<RuntimeRelease> = [
  { since: "20.10", value: { features: null, ociRuntime: RUNC_1_1 } },
  { since: "28.0", value: { features: null, ociRuntime: RUNC_1_3 } },
];

export const RUNTIMES: Readonly<Record<RuntimeName, ReleasedRows<RuntimeRelease>>> = {
  containerd: CONTAINERD,
  docker: DOCKER,
  dockershim: DOCKER,
};

/** The release taken when a runtime is named without one: the newest recorded, and for dockershim the one it was recorded with. */
export const DEFAULT_RELEASE: Readonly<Record<RuntimeName, Release>> = {
  containerd: "2.1",
  docker: "28.5",
  dockershim: "20.10",
};

/** Releases of which recordings exist; answers for others are marked unverified. */
export const RECORDED_RELEASES: Readonly<Record<RuntimeName, readonly RuntimeFacts["version"][]>> =
  {
    containerd: ["1.6", "1.7", "2.1"],
    docker: ["20.10", "26.1", "28.5"],
    dockershim: ["20.10"],
  };

/** Kubernetes minors of which recordings of kubelet and API server exist. */
export const RECORDED_KUBERNETES: readonly string[] = ["v1.37", "v1.23"];
