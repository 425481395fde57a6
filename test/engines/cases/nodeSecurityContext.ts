// Kubernetes' tests of ids and seccomp.
// @see kubernetes v1.37.2 test/e2e/node/security_context.go
import { type PodCase, pod } from "../case.ts";

const SUITE = "e2e node";
const SECCOMP = "grep ^Seccomp: /proc/self/status";

export const NODE_SECURITY_CONTEXT: readonly PodCase[] = [
  {
    name: "supplementalGroups",
    origin: `${SUITE}: supplementalGroups`,
    pod: pod({ script: "id -G", podContext: { supplementalGroups: [1234, 5678] } }),
    expected: { exitCode: 0, logs: /\b1234 5678\b/ },
  },
  {
    name: "supplementalGroups with the image's groups",
    origin: `${SUITE}: supplementalGroups, Merge`,
    pod: pod({
      script: "id -G",
      image: "demo/groups:1",
      podContext: { runAsUser: 1000, supplementalGroups: [60000] },
    }),
    expected: { exitCode: 0, logs: /\b50000 60000\b/ },
  },
  {
    name: "runAsUser of the pod",
    origin: `${SUITE}: pod.Spec.SecurityContext.RunAsUser`,
    pod: pod({ script: "id", podContext: { runAsUser: 1001 } }),
    expected: { exitCode: 0, logs: /uid=1001 gid=0/ },
  },
  {
    name: "runAsUser and runAsGroup of the pod",
    origin: `${SUITE}: pod.Spec.SecurityContext.RunAsUser And .RunAsGroup`,
    pod: pod({ script: "id", podContext: { runAsUser: 1001, runAsGroup: 2002 } }),
    expected: { exitCode: 0, logs: /uid=1001 gid=2002/ },
  },
  {
    name: "runAsUser of the container wins",
    origin: `${SUITE}: container.SecurityContext.RunAsUser`,
    pod: pod({ script: "id", podContext: { runAsUser: 1001 }, context: { runAsUser: 1002 } }),
    expected: { exitCode: 0, logs: /uid=1002 gid=0/ },
  },
  {
    name: "runAsUser and runAsGroup of the container win",
    origin: `${SUITE}: container.SecurityContext.RunAsUser And .RunAsGroup`,
    pod: pod({
      script: "id",
      podContext: { runAsUser: 1001, runAsGroup: 2001 },
      context: { runAsUser: 1002, runAsGroup: 2002 },
    }),
    expected: { exitCode: 0, logs: /uid=1002 gid=2002/ },
  },
  {
    name: "seccompProfile Unconfined of the container",
    origin: `${SUITE}: seccomp unconfined on the container`,
    pod: pod({ script: SECCOMP, context: { seccompProfile: { type: "Unconfined" } } }),
    expected: { exitCode: 0, logs: /^Seccomp:\s0$/m },
  },
  {
    name: "seccompProfile Unconfined of the pod",
    origin: `${SUITE}: seccomp unconfined on the pod`,
    pod: pod({ script: SECCOMP, podContext: { seccompProfile: { type: "Unconfined" } } }),
    expected: { exitCode: 0, logs: /^Seccomp:\s0$/m },
  },
  {
    name: "seccompProfile RuntimeDefault",
    origin: `${SUITE}: seccomp runtime/default`,
    pod: pod({ script: SECCOMP, podContext: { seccompProfile: { type: "RuntimeDefault" } } }),
    expected: { exitCode: 0, logs: /^Seccomp:\s2$/m },
  },
  {
    name: "seccompProfile unset",
    origin: `${SUITE}: seccomp default, which is unconfined`,
    pod: pod({ script: SECCOMP }),
    expected: { exitCode: 0, logs: /^Seccomp:\s0$/m },
  },
];
