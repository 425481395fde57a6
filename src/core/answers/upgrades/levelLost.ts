// A Pod Security level that a pod meets at one version of the policy and no longer at the next.

import { compareLevels } from "../../podsecurity/level.ts";
import { examplePod, type Hit } from "../risk.ts";
import type { AtVersion, Upgrade } from "../upgrade.ts";

export const levelLost: Upgrade = {
  id: "upgrade.levelLost",
  severity: "warning",
  title: "A newer Pod Security policy puts the pod on a lower level",
  why: "The policy `latest` grows with the cluster: a namespace whose label names no version judges by it. A pod that met the level before is refused or warned about after the upgrade.",
  mend: "Change what the newer policy objects to, or pin the policy for the time of the move: pod-security.kubernetes.io/enforce-version.",
  reference:
    "https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces",
  failing: examplePod("livenessProbe:\n  httpGet: { host: 127.0.0.1, port: 8080 }"),
  passing: examplePod("livenessProbe:\n  httpGet: { port: 8080 }"),
  find,
};

function find(before: AtVersion, after: AtVersion): Hit[] {
  const was = before.journey.podSecurity.highest;
  const { highest: is, [was === "restricted" ? "restricted" : "baseline"]: verdict } =
    after.journey.podSecurity;
  // What the API server refuses first is told as that.
  if (compareLevels(is, was) >= 0 || after.journey.apiserver.out.status !== null) return [];
  const [older, newer] = [before, after].map(({ journey }) => journey.world.kubernetes.slice(1));
  const message = `the pod meets ${was} of Kubernetes ${older}, but only ${is} of ${newer}: ${verdict.detail}`;
  return [{ path: [...after.journey.document.workload.podPath, "spec"], message }];
}
