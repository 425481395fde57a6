// The walk without provenance, for thousands of documents: API server, Pod Security and kubelet, the same findings.
import { apiserver } from "../apiserver/apiserver.ts";
import { kubelet } from "../kubelet/kubelet.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { World } from "../model/world.ts";
import { podSecurityOf } from "./podSecurity.ts";
import { createRequest, isBuiltIn, podToRun } from "./podToRun.ts";

/** Every finding of the three stages, with paths from the document's root; the same as those stages' of the whole walk. */
export function checkPod(document: PodDocument, world: World): Finding[] {
  const accepted = apiserver(createRequest(document, world), world);
  const pod = podToRun(document, accepted.out, world, {});
  const podSecurity = podSecurityOf(document, pod, world);
  const findings = [...document.findings];
  for (const finding of accepted.findings) findings.push(fromObject(finding, document));
  for (const finding of podSecurity.findings) findings.push(fromRoot(finding, document));
  if (pod === null || accepted.out.status !== null || podSecurity.refusal !== undefined)
    return findings;
  for (const finding of kubelet({ pod }, world).findings)
    findings.push(fromRoot(finding, document));
  return findings;
}

/** The pod's stages know paths from the pod alone. */
export function fromRoot(finding: Finding, { workload }: PodDocument): Finding {
  return workload.podPath.length === 0
    ? finding
    : { ...finding, path: [...workload.podPath, ...finding.path] };
}

/** The API server knows paths from the object, which may be an item of a list; of a custom kind, from its pod. */
export function fromObject(finding: Finding, document: PodDocument): Finding {
  if (!isBuiltIn(document.workload.kind)) return fromRoot(finding, document);
  const { objectPath } = document;
  return objectPath.length === 0 ? finding : { ...finding, path: [...objectPath, ...finding.path] };
}
