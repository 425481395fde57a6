// The stage report of dockerd: its answer, and one gate for each of its two calls.
import type { Finding, Gate } from "../model/finding.ts";
import type { StageReport, Trace } from "../model/report.ts";
import type { World } from "../model/world.ts";
import type { DockerAnswer } from "./docker.ts";

interface Parts {
  readonly out: DockerAnswer;
  readonly trace: readonly Trace[];
  readonly findings: readonly Finding[];
  readonly world: World;
}

const CALLS = ["create", "start"] as const;

export function report({ out, trace, findings, world }: Parts): StageReport<DockerAnswer> {
  const gates: Gate[] = [];
  const refusals: Finding[] = [];
  for (const call of CALLS) {
    const id = `docker.${call}`;
    if (out.step !== call) {
      gates.push({ id, stage: "docker" });
      continue;
    }
    const finding: Finding = {
      id,
      stage: "docker",
      severity: "refusal",
      path: [],
      message: out.error ?? "",
      origin: originOf(world),
    };
    refusals.push(finding);
    gates.push({ id, stage: "docker", finding });
    break;
  }
  return { stage: "docker", out, trace, gates, findings: [...refusals, ...findings] };
}

export function originOf({ runtime }: World): string {
  return `dockerd ${runtime.version}`;
}
