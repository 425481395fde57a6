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

const CALLS = [
  ["sandbox", "RunPodSandbox"],
  ["create", "CreateContainer"],
  ["start", "StartContainer"],
] as const;

export function report({ out, trace, findings, world }: Parts): StageReport<ContainerdAnswer> {
  const gates: Gate[] = [];
  for (const [step, call] of CALLS) {
    const id = `containerd.${call}`;
    if (out.step !== step) {
      gates.push({ id, stage: "containerd" });
      continue;
    }
    gates.push({ id, stage: "containerd", finding: refusal(id, out.error ?? "", world) });
    break;
  }
  const refusals = gates.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  return { stage: "containerd", out, trace, gates, findings: [...refusals, ...findings] };
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
