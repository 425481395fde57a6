// Who says a finding, and when: the program, the moment in a pod's life, the versions, the finding's id.
import type { CheckFinding } from "../../core/answers/checked.ts";
import type { StageName } from "../../core/model/finding.ts";
import { briefText } from "../briefText.ts";

const MOMENTS: Readonly<Record<StageName, string>> = {
  manifest: "reading the file",
  apiserver: "when the object is created",
  podsecurity: "when the pod is admitted",
  kubelet: "on the node, before it starts",
  containerd: "creating the container",
  dockershim: "creating the container",
  docker: "creating the container",
  runc: "starting the container",
  kernel: "executing the program",
  compare: "observed",
  risk: "no program refuses it",
  upgrade: "between the versions",
};

export const ASKED = "the level to reach, not enforced here";

/** Every sentence of Pod Security begins with the policy: told with who says it, it is easier to read. */
export function saidBy({ message: whole }: CheckFinding): {
  readonly policy?: string;
  readonly said: string;
} {
  const message = briefText(whole);
  const match = /^(?:violates|would violate) PodSecurity "([^"]+)": /.exec(message);
  if (match?.[1] === undefined) return { said: message };
  return { policy: match[1], said: message.slice(match[0].length) };
}

/** `Pod Security restricted:v1.37, when the pod is admitted`. */
export function whoText(finding: CheckFinding): string {
  const { origin, stage, versions, asked } = finding;
  const { policy } = saidBy(finding);
  const isEnforced = stage !== "podsecurity" || origin.startsWith("kube-apiserver ");
  const who = policy === undefined ? origin : `Pod Security ${policy}`;
  return [
    isEnforced
      ? `${who}, ${asked === true ? ASKED : MOMENTS[stage]}`
      : `${origin} ${policy}, which no API server enforces before 1.22 (1.23 by default)`,
    ...(versions === undefined ? [] : [versionsText(versions)]),
  ].join(" · ");
}

/** `1.33 to 1.35`: of the range that was asked. */
function versionsText(versions: readonly string[]): string {
  const [first, ...others] = versions.map((version) => version.replace(/^v/, ""));
  const last = others.at(-1);
  if (first === undefined) return "";
  return last === undefined ? first : `${first} to ${last}`;
}
