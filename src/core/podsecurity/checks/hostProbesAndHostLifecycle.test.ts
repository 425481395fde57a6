import { testCheck } from "../../../../test/checkRows.ts";
import { hostProbesAndHostLifecycle } from "./hostProbesAndHostLifecycle.ts";

testCheck(hostProbesAndHostLifecycle, [
  {
    says: "no host, or an empty one",
    spec: {
      containers: [
        {
          name: "a",
          livenessProbe: { httpGet: { port: 80, host: "" } },
          lifecycle: { preStop: { exec: {} } },
        },
        { name: "b", readinessProbe: null, lifecycle: null },
      ],
    },
  },
  {
    says: "even the loopback",
    version: "v1.34",
    spec: {
      containers: [{ name: "a", livenessProbe: { httpGet: { port: 80, host: "127.0.0.1" } } }],
    },
    refusal: 'probe or lifecycle host (container "a" uses probe or lifecycle host "127.0.0.1")',
    at: ["/spec/containers/0/livenessProbe/httpGet/host"],
    mended: { containers: [{ name: "a", livenessProbe: { httpGet: { port: 80 } } }] },
  },
  {
    says: "names and hosts sorted, each once",
    spec: {
      containers: [
        {
          name: "b",
          startupProbe: { tcpSocket: { host: "y" } },
          lifecycle: { postStart: { httpGet: { host: "x" } } },
        },
        { name: "a", lifecycle: { preStop: { tcpSocket: { host: "y" } } } },
      ],
    },
    refusal: 'probe or lifecycle host (containers "a", "b" use probe or lifecycle hosts "x", "y")',
    at: [
      "/spec/containers/0/startupProbe/tcpSocket/host",
      "/spec/containers/0/lifecycle/postStart/httpGet/host",
      "/spec/containers/1/lifecycle/preStop/tcpSocket/host",
    ],
  },
]);
