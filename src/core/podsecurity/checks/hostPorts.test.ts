import { testCheck } from "../../../../test/checkRows.ts";
import { hostPorts } from "./hostPorts.ts";

testCheck(hostPorts, [
  {
    says: "none, and 0",
    spec: { containers: [{ name: "a", ports: [{ containerPort: 80 }, { hostPort: 0 }, null] }] },
  },
  {
    says: "one",
    spec: { containers: [{ name: "a", ports: [{ containerPort: 80, hostPort: 8080 }] }] },
    refusal: 'hostPort (container "a" uses hostPort 8080)',
    at: ["/spec/containers/0/ports/0/hostPort"],
    mended: { containers: [{ name: "a", ports: [{ containerPort: 80 }] }] },
  },
  {
    says: "several, sorted as text, each once",
    spec: {
      containers: [
        { name: "a", ports: [{ hostPort: 9090 }, { hostPort: 80 }] },
        { name: "b", ports: [{ hostPort: 80 }, { hostPort: 8080 }] },
      ],
    },
    refusal: 'hostPort (containers "a", "b" use hostPorts 80, 8080, 9090)',
    at: [
      "/spec/containers/0/ports/0/hostPort",
      "/spec/containers/0/ports/1/hostPort",
      "/spec/containers/1/ports/0/hostPort",
      "/spec/containers/1/ports/1/hostPort",
    ],
  },
]);
