import { testCheck } from "../../../../test/checkRows.ts";
import { runAsUser } from "./runAsUser.ts";

const ROOT = { securityContext: { runAsUser: 0 } };

testCheck(runAsUser, [
  {
    says: "absent and others",
    spec: { containers: [{ name: "a" }, { name: "b", securityContext: { runAsUser: 1 } }] },
  },
  {
    says: "pod",
    spec: { ...ROOT, containers: [{ name: "a" }] },
    refusal: "runAsUser=0 (pod must not set runAsUser=0)",
    at: ["/spec/securityContext/runAsUser"],
    mended: { securityContext: {}, containers: [{ name: "a" }] },
  },
  {
    says: "pod and containers",
    version: "v1.23",
    spec: {
      ...ROOT,
      containers: [
        { name: "a", ...ROOT },
        { name: "b", ...ROOT },
      ],
    },
    refusal: 'runAsUser=0 (pod and containers "a", "b" must not set runAsUser=0)',
    at: [
      "/spec/securityContext/runAsUser",
      "/spec/containers/0/securityContext/runAsUser",
      "/spec/containers/1/securityContext/runAsUser",
    ],
  },
  { says: "a user namespace", spec: { hostUsers: false, ...ROOT } },
  {
    says: "hostUsers: true is none",
    spec: { hostUsers: true, ...ROOT },
    refusal: "runAsUser=0 (pod must not set runAsUser=0)",
    at: ["/spec/securityContext/runAsUser"],
  },
]);
