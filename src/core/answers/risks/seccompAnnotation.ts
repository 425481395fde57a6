// seccomp annotations that no component reads any more.
import { at, type Versioned } from "../../model/version.ts";
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";

export const seccompAnnotation: Risk = {
  id: "risk.seccompAnnotation",
  severity: "warning",
  title: "A seccomp annotation has no effect since Kubernetes 1.27",
  why: "Kubernetes 1.19 moved seccomp profiles into securityContext.seccompProfile; since 1.27 the annotations are not read at all. The containers run without the profile that the annotation names, and nobody says so.",
  mend: "Write securityContext.seccompProfile instead (secctx fix does it).",
  reference: "https://kubernetes.io/docs/tutorials/security/seccomp/",
  failing: examplePod("").replace(
    "  name: example\n",
    "  name: example\n  annotations:\n    seccomp.security.alpha.kubernetes.io/pod: runtime/default\n",
  ),
  passing: examplePod("", "securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  find,
};

const IGNORED: Versioned<boolean> = [{ since: "v1.27", value: true }];
const ANNOTATION = /^(?:container\.)?seccomp\.security\.alpha\.kubernetes\.io\//;

function find({ pod, world }: RiskyPod): Hit[] {
  if (at(IGNORED, world.kubernetes) !== true) return [];
  return Object.keys(pod.metadata?.annotations ?? {})
    .filter((name) => ANNOTATION.test(name))
    .map((name) => ({
      path: ["metadata", "annotations", name],
      field: "seccompProfile",
      message: `Kubernetes ${world.kubernetes.slice(1)} does not read the annotation ${name}`,
    }));
}
