import { testCheck } from "../../../../test/checkRows.ts";
import { runAsNonRoot } from "./runAsNonRoot.ts";

const TRUE = { securityContext: { runAsNonRoot: true } };
const FALSE = { securityContext: { runAsNonRoot: false } };
const OF_A = "/spec/containers/0/securityContext/runAsNonRoot";

testCheck(runAsNonRoot, [
  { says: "at pod level", spec: { ...TRUE, containers: [{ name: "a" }] } },
  { says: "in every container", spec: { containers: [{ name: "a", ...TRUE }] } },
  {
    says: "false at pod level is refused though every container says true",
    spec: { ...FALSE, containers: [{ name: "a", ...TRUE }] },
    refusal: "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)",
    at: ["/spec/securityContext/runAsNonRoot"],
  },
  {
    says: "nowhere: the pod's own field mends it",
    version: "v1.0",
    spec: { containers: [{ name: "a" }, { name: "b", ...TRUE }], initContainers: [{ name: "i" }] },
    refusal:
      'runAsNonRoot != true (pod or containers "i", "a" must set securityContext.runAsNonRoot=true)',
    at: ["/spec/initContainers/0/securityContext/runAsNonRoot", OF_A],
    mended: {
      ...TRUE,
      containers: [{ name: "a" }, { name: "b", ...TRUE }],
      initContainers: [{ name: "i" }],
    },
  },
  {
    says: "false is worded before missing, but both are mended",
    spec: { containers: [{ name: "a", ...FALSE }, { name: "b" }] },
    refusal: 'runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false)',
    at: [OF_A, "/spec/containers/1/securityContext/runAsNonRoot"],
  },
  {
    says: "false at both levels",
    spec: { ...FALSE, containers: [{ name: "a", ...FALSE }, { name: "b" }] },
    refusal:
      'runAsNonRoot != true (pod and container "a" must not set securityContext.runAsNonRoot=false)',
    at: ["/spec/securityContext/runAsNonRoot", OF_A],
    mended: { ...TRUE, containers: [{ name: "a", ...TRUE }, { name: "b" }] },
  },
  { says: "a user namespace", spec: { hostUsers: false, containers: [{ name: "a", ...FALSE }] } },
  {
    says: "a user namespace, before the exemption",
    version: "v1.34",
    spec: { hostUsers: false, containers: [{ name: "a", ...FALSE }] },
    refusal: 'runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false)',
    at: [OF_A],
  },
]);
