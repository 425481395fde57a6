// seccomp annotations lose their effect with Kubernetes 1.27.
import { examplePod, type Hit } from "../risk.ts";
import { seccompAnnotation as risk } from "../risks/seccompAnnotation.ts";
import type { AtVersion, Upgrade } from "../upgrade.ts";

export const seccompAnnotation: Upgrade = {
  id: "upgrade.seccompAnnotation",
  severity: "warning",
  title: "A seccomp annotation that worked is no longer read",
  why: "Until 1.26 the API server made a seccompProfile of the annotations. From 1.27 on nobody reads them: after the upgrade the same containers run without their filter.",
  mend: risk.mend,
  reference: risk.reference,
  failing: risk.failing,
  passing: examplePod("", "securityContext:\n  seccompProfile: { type: RuntimeDefault }"),
  find,
};

function find(before: AtVersion, after: AtVersion): Hit[] {
  const had = new Set(
    before.findings.filter(({ id }) => id === risk.id).map(({ message }) => message),
  );
  if (had.size > 0) return [];
  const [older, newer] = [before, after].map(({ journey }) => journey.world.kubernetes.slice(1));
  return after.findings
    .filter(({ id }) => id === risk.id)
    .map(({ path }) => ({
      path,
      field: "seccompProfile",
      message: `Kubernetes ${older} reads this annotation, ${newer} does not: the containers lose their filter`,
    }));
}
