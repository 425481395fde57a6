import { testCheck } from "../../../../test/checkRows.ts";
import { hostNamespaces } from "./hostNamespaces.ts";

testCheck(hostNamespaces, [
  { says: "none", spec: { hostNetwork: false, hostPID: null } },
  {
    says: "one",
    spec: { hostPID: true },
    refusal: "host namespaces (hostPID=true)",
    at: ["/spec/hostPID"],
    mended: { hostPID: false },
  },
  {
    says: "all, in upstream's order",
    spec: { hostIPC: true, hostPID: true, hostNetwork: true },
    refusal: "host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)",
    at: ["/spec/hostNetwork", "/spec/hostPID", "/spec/hostIPC"],
  },
]);
