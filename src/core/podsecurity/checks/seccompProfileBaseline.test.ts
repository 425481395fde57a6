import { testCheck } from "../../../../test/checkRows.ts";
import { seccompProfileBaseline } from "./seccompProfileBaseline.ts";

const POD = "seccomp.security.alpha.kubernetes.io/pod";
const OF = "container.seccomp.security.alpha.kubernetes.io";
const UNCONFINED = { securityContext: { seccompProfile: { type: "Unconfined" } } };

testCheck(seccompProfileBaseline, [
  {
    says: "annotations that are allowed, and one of a container that is not there",
    version: "v1.0",
    metadata: {
      annotations: {
        [POD]: "docker/default",
        [`${OF}/a`]: "localhost/x",
        [`${OF}/z`]: "unconfined",
      },
    },
    spec: { containers: [{ name: "a", ...UNCONFINED }] },
  },
  {
    says: "annotations, sorted; an empty one is forbidden",
    version: "v1.18",
    metadata: { annotations: { [POD]: "unconfined", [`${OF}/a`]: "" } },
    spec: { containers: [{ name: "a" }] },
    refusal: `seccompProfile (forbidden annotations ${OF}/a="", ${POD}="unconfined")`,
    at: [
      "/metadata/annotations/seccomp.security.alpha.kubernetes.io~1pod",
      "/metadata/annotations/container.seccomp.security.alpha.kubernetes.io~1a",
    ],
  },
  {
    says: "annotations are dead",
    version: "v1.19",
    metadata: { annotations: { [POD]: "unconfined" } },
    spec: { containers: [{ name: "a" }] },
  },
  {
    says: "fields",
    spec: { ...UNCONFINED, containers: [{ name: "a", ...UNCONFINED }, { name: "b" }] },
    refusal:
      'seccompProfile (pod and container "a" must not set securityContext.seccompProfile.type to "Unconfined")',
    at: [
      "/spec/securityContext/seccompProfile/type",
      "/spec/containers/0/securityContext/seccompProfile/type",
    ],
  },
  {
    says: "a profile that names a file goes as a whole",
    spec: {
      containers: [
        { name: "a", securityContext: { seccompProfile: { type: "X", localhostProfile: "f" } } },
      ],
    },
    refusal:
      'seccompProfile (container "a" must not set securityContext.seccompProfile.type to "X")',
    at: ["/spec/containers/0/securityContext/seccompProfile"],
    mended: {
      containers: [{ name: "a", securityContext: { seccompProfile: { type: "RuntimeDefault" } } }],
    },
  },
]);
