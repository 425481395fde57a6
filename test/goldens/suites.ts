// Every golden suite, in the order of the journey.
import type { GoldenSuite } from "../golden.ts";
import { APISERVER_SUITES } from "./apiserver.ts";
import { CONTAINERD_SUITES } from "./containerd.ts";
import { DOCKER_SUITES } from "./docker.ts";
import { DOCKERSHIM_SUITES } from "./dockershim.ts";
import { KERNEL_SUITES } from "./kernel.ts";
import { KUBELET_SUITES } from "./kubelet.ts";
import { OBSERVATION_SUITES } from "./observation.ts";
import { OWNERSHIP_SUITES } from "./ownership.ts";
import { PODSECURITY_SUITES } from "./podsecurity.ts";
import { RUNC_SUITES } from "./runc.ts";
import { YAML_SUITES } from "./yaml.ts";

export const SUITES: readonly GoldenSuite[] = [
  ...YAML_SUITES,
  ...APISERVER_SUITES,
  ...PODSECURITY_SUITES,
  ...KUBELET_SUITES,
  ...OWNERSHIP_SUITES,
  ...CONTAINERD_SUITES,
  ...DOCKERSHIM_SUITES,
  ...DOCKER_SUITES,
  ...RUNC_SUITES,
  ...KERNEL_SUITES,
  ...OBSERVATION_SUITES,
];
