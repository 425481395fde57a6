import { testCheck } from "../../../../test/checkRows.ts";
import { windowsHostProcess } from "./windowsHostProcess.ts";

const HOST_PROCESS = { securityContext: { windowsOptions: { hostProcess: true } } };
const PLAIN = { securityContext: { windowsOptions: { hostProcess: false } } };

testCheck(windowsHostProcess, [
  { says: "false and absent", spec: { ...PLAIN, containers: [{ name: "a" }] } },
  {
    says: "pod and container",
    spec: { ...HOST_PROCESS, containers: [{ name: "a", ...HOST_PROCESS }] },
    refusal:
      'hostProcess (pod and container "a" must not set securityContext.windowsOptions.hostProcess=true)',
    at: [
      "/spec/securityContext/windowsOptions/hostProcess",
      "/spec/containers/0/securityContext/windowsOptions/hostProcess",
    ],
    mended: { ...PLAIN, containers: [{ name: "a", ...PLAIN }] },
  },
]);
