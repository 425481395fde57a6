// Defaults of a pod's spec: what the server fills in whoever made the pod, and what only a Pod itself gets, not a template.
// @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_PodSpec, SetDefaults_Pod
import type { Container, PodSpec } from "../../model/pod.ts";
import { defaultHostNetworkPorts, defaultRequests, setDefaultsContainer } from "./container.ts";
import { setDefaultsVolume } from "./volume.ts";

type Draft = { -readonly [K in keyof PodSpec]: PodSpec[K] };

/** A new spec; `isPod` for a Pod itself. Nothing that bears on security is filled in but an empty securityContext. */
export function setDefaultsPodSpec(spec: PodSpec, isPod: boolean): PodSpec {
  const draft: Draft = {
    ...spec,
    restartPolicy: spec.restartPolicy || "Always",
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec["dnsPolicy"] || "ClusterFirst",
    securityContext: spec.securityContext ?? {},
    schedulerName: spec["schedulerName"] || "default-scheduler",
  };
  const account = spec.serviceAccountName || spec["serviceAccount"];
  if (typeof account === "string" && account !== "") {
    draft.serviceAccountName = account;
    draft["serviceAccount"] = account;
  }
  if (spec.volumes !== undefined) draft.volumes = spec.volumes.map(setDefaultsVolume);
  if (spec.containers !== undefined) draft.containers = spec.containers.map(setDefaultsContainer);
  if (spec.initContainers !== undefined) {
    draft.initContainers = spec.initContainers.map(setDefaultsContainer);
  }
  if (spec.ephemeralContainers !== undefined) {
    draft.ephemeralContainers = spec.ephemeralContainers.map(setDefaultsContainer);
  }
  if (isPod) setDefaultsPod(draft);
  return draft;
}

function setDefaultsPod(draft: Draft): void {
  const { terminationGracePeriodSeconds } = draft;
  if (terminationGracePeriodSeconds !== undefined && terminationGracePeriodSeconds < 0) {
    draft.terminationGracePeriodSeconds = 1;
  }
  draft["enableServiceLinks"] ??= true;
  const hostNetwork = draft.hostNetwork === true;
  const complete = (container: Container): Container => {
    const requesting = defaultRequests(container);
    return hostNetwork ? defaultHostNetworkPorts(requesting) : requesting;
  };
  if (draft.containers !== undefined) draft.containers = draft.containers.map(complete);
  if (draft.initContainers !== undefined) draft.initContainers = draft.initContainers.map(complete);
}
