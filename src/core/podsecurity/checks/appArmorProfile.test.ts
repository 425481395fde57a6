import { testCheck } from "../../../../test/checkRows.ts";
import { appArmorProfile } from "./appArmorProfile.ts";

const KEY = "container.apparmor.security.beta.kubernetes.io";
const AT_KEY = "/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1";

testCheck(appArmorProfile, [
  {
    says: "RuntimeDefault, Localhost and absent",
    metadata: {
      annotations: {
        [`${KEY}/a`]: "runtime/default",
        [`${KEY}/b`]: "localhost/x",
        [`${KEY}/c`]: "",
      },
    },
    spec: {
      securityContext: { appArmorProfile: { type: "RuntimeDefault" } },
      containers: [
        {
          name: "a",
          securityContext: { appArmorProfile: { type: "Localhost", localhostProfile: "x" } },
        },
        { name: "b" },
      ],
    },
  },
  {
    says: "pod and container",
    spec: {
      securityContext: { appArmorProfile: { type: "Unconfined" } },
      containers: [{ name: "a", securityContext: { appArmorProfile: { type: "Unconfined" } } }],
    },
    refusal:
      'forbidden AppArmor profile (pod and container "a" must not set AppArmor profile type to "Unconfined")',
    at: [
      "/spec/securityContext/appArmorProfile/type",
      "/spec/containers/0/securityContext/appArmorProfile/type",
    ],
  },
  {
    says: "a profile without a type is none that is known",
    spec: { containers: [{ name: "a", securityContext: { appArmorProfile: {} } }] },
    refusal: 'forbidden AppArmor profile (container "a" must not set AppArmor profile type to "")',
    at: ["/spec/containers/0/securityContext/appArmorProfile/type"],
  },
  {
    says: "annotations, quoted twice, behind the types",
    metadata: { annotations: { [`${KEY}/b`]: "unconfined", [`${KEY}/a`]: 'x"y' } },
    spec: {
      containers: [{ name: "a", securityContext: { appArmorProfile: { type: "Unconfined" } } }],
    },
    refusal: `forbidden AppArmor profiles (container "a" and annotations must not set AppArmor profile type to "Unconfined", "${KEY}/a="x\\"y"", "${KEY}/b="unconfined"")`,
    at: ["/spec/containers/0/securityContext/appArmorProfile/type", `${AT_KEY}b`, `${AT_KEY}a`],
  },
]);
