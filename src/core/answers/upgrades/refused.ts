// A refusal that an older Kubernetes did not speak.
import { type Finding, toPointer } from "../../model/finding.ts";
import { compareLevels } from "../../podsecurity/level.ts";
import { examplePod, type Hit } from "../risk.ts";
import type { AtVersion, Upgrade } from "../upgrade.ts";

export const refused: Upgrade = {
  id: "upgrade.refused",
  severity: "warning",
  title: "A newer Kubernetes refuses what an older one accepts",
  why: "Rules of the API server, of Pod Security and of the kubelet change between releases. A pod that runs now is not stopped by the upgrade, but the next one made from the same manifest is refused.",
  mend: "Change the manifest before the upgrade: the refusal itself, told beside this one, says what is wrong.",
  reference: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/",
  failing: examplePod("securityContext: { procMount: Unmasked }"),
  passing: examplePod("securityContext: { procMount: Default }"),
  find,
};

function find(before: AtVersion, after: AtVersion): Hit[] {
  const known = new Set(before.findings.filter(isRefusal).map(keyOf));
  const told = new Set<string>();
  return after.findings.flatMap((finding) => {
    const { path, message, container, field } = finding;
    const key = keyOf(finding);
    if (!isRefusal(finding) || known.has(key) || told.has(key)) return [];
    if (finding.stage === "podsecurity" && isToldOtherwise(before, after)) return [];
    told.add(key);
    const from = before.journey.world.kubernetes.slice(1);
    const to = after.journey.world.kubernetes.slice(1);
    const about = `Kubernetes ${from} accepts this, ${to} refuses it: ${message}`;
    return [
      {
        path,
        message: about,
        ...(container === undefined ? {} : { container }),
        ...(field === undefined ? {} : { field }),
      },
    ];
  });
}

/** Pod Security is not asked about what the API server refuses, and a level that is lost is told as that. */
function isToldOtherwise({ journey: before }: AtVersion, { journey: after }: AtVersion): boolean {
  if (after.apiserver.out.status !== null) return true;
  return compareLevels(after.podSecurity.highest, before.podSecurity.highest) < 0;
}

function isRefusal({ severity }: Finding): boolean {
  return severity === "refusal";
}

function keyOf({ id, path }: Finding): string {
  return `${id} ${toPointer(path)}`;
}
