// The stage report of containerd: its answer, and one gate for each of the kubelet's three calls.
import type { Finding, Gate } from "../model/finding.ts";
import type { StageReport, Trace } from "../model/report.ts";
import type { World } from "../model/world.ts";
import type { ContainerdAnswer } from "./containerd.ts";

interface Parts {
  readonly out: ContainerdAnswer;
  readonly trace: readonly Trace[];
  readonly findings: readonly Finding[];
  readonly world: World;
}

const GATES: readonly (readonly [ContainerdAnswer["step"], Gate])[] = [
  ["sandbox", { id: "containerd.RunPodSandbox", stage: "containerd" }],
  ["create", { id: "containerd.CreateContainer", stage: "containerd" }],
  ["start", { id: "containerd.StartContainer", stage: "containerd" }],
];

export function report({ out, trace, findings, world }: Parts): StageReport<ContainerdAnswer> {
  const gates: Gate[] = [];
  for (const [step, open] of GATES) {
    if (out.step !== step) {
      gates.push(open);
      continue;
    }
    const finding = refusal(open.id, out.error ?? "", world);
    gates.push({ ...open, finding });
    return { stage: "containerd", out, trace, gates, findings: [finding, ...findings] };
  }
  return { stage: "containerd", out, trace, gates, findings };
}

function refusal(id: string, message: string, world: World): Finding {
  return {
    id,
    stage: "containerd",
    severity: "refusal",
    path: [],
    message,
    origin: `containerd ${world.runtime.version}`,
  };
}
