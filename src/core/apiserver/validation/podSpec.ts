// A pod's spec, in a Pod or in a template, in the server's order.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodSpec
import { isJsonObject } from "../../model/json.ts";
import type { PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { visitContainers } from "../containers.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  notFound,
  notSupported,
  tooLong,
} from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateContainers, validateInitContainers } from "./containers.ts";
import { validateEphemeralContainers } from "./ephemeralContainers.ts";
import { validateWindowsHostProcessPod } from "./hostProcess.ts";
import { validateHostUsers } from "./hostUsers.ts";
import { textOf } from "./members.ts";
import { isDns1123Subdomain } from "./names.ts";
import { validateOs } from "./os.ts";
import {
  validatePodSpecSecurityContext,
  validateShareProcessNamespace,
} from "./podSecurityContext.ts";
import {
  validateDnsPolicyAndNodeSelector,
  validateNames,
  validateScheduling,
  validateSchedulingGroup,
} from "./podSpecRest.ts";
import { validatePodHostNetworkDeps } from "./ports.ts";
import { validatePodResourceClaims } from "./resourceClaims.ts";
import { validatePodResources } from "./resources.ts";
import { type KnownVolumes, validateVolumes } from "./volumes.ts";

const RESTART_POLICIES: readonly string[] = ["Always", "OnFailure", "Never"];
const NO_VOLUMES: KnownVolumes = new Map();
const LONGEST_HOSTNAME = 64;

export function validatePodSpec(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  options: PodOptions,
): void {
  const { volumes, securityContext, restartPolicy = "Always", resourceClaims } = spec;
  const known =
    volumes === undefined
      ? NO_VOLUMES
      : validateVolumes(errors, child(path, "volumes"), volumes, options.metadata);
  if (Array.isArray(resourceClaims)) {
    const claimsPath = child(path, "resourceClaims");
    validatePodResourceClaims(errors, claimsPath, resourceClaims, options.metadata);
  }
  validateContainers(errors, child(path, "containers"), spec, known, options);
  validateInitContainers(errors, child(path, "initContainers"), spec, known, options);
  validateEphemeralContainers(errors, child(path, "ephemeralContainers"), spec, known, options);
  if (isJsonObject(spec["resources"])) {
    validatePodResources(errors, child(path, "resources"), spec["resources"], spec);
  }
  validatePodHostNetworkDeps(errors, path, spec, options.resourceIsPod);
  if (!RESTART_POLICIES.includes(restartPolicy)) {
    const shown = goJsonString(restartPolicy);
    notSupported(errors, child(path, "restartPolicy"), shown, RESTART_POLICIES);
  }
  validateDnsPolicyAndNodeSelector(errors, path, spec);
  if (securityContext !== undefined) {
    const contextPath = child(path, "securityContext");
    validatePodSpecSecurityContext(errors, contextPath, securityContext, spec, options);
  }
  validateShareProcessNamespace(errors, path, spec);
  validateScheduling(errors, path, spec, options);
  validateWindowsHostProcessPod(errors, path, spec, options.world);
  validateHostUsers(errors, path, spec, options);
  validatePodHostName(errors, path, spec);
  validateNames(errors, path, spec, options);
  validateOs(errors, path, spec);
  validateSchedulingGroup(errors, path, spec);
  validateFileKeyRefVolumes(errors, path, spec);
}

/** A file of variables lies in an emptyDir. */
function validateFileKeyRefVolumes(errors: FieldErrors, specPath: Path, spec: PodSpec): void {
  visitContainers(spec, specPath, ({ env }, containerPath) => {
    env?.forEach(({ valueFrom }, index) => {
      const ref = isJsonObject(valueFrom) ? valueFrom["fileKeyRef"] : undefined;
      if (!isJsonObject(ref)) return;
      const name = textOf(ref, "volumeName");
      const from = child(indexed(child(containerPath(), "env"), index), "valueFrom");
      const path = child(child(from, "fileKeyRef"), "volumeName");
      const volume = spec.volumes?.findLast((one) => one.name === name);
      if (volume === undefined) notFound(errors, path, name);
      else if (volume["emptyDir"] === undefined) {
        invalid(errors, path, goQuote(name), "referenced volume must be of type emptyDir");
      }
    });
  });
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validatePodHostName */
function validatePodHostName(errors: FieldErrors, specPath: Path, spec: PodSpec): void {
  const { hostnameOverride: name, setHostnameAsFQDN } = spec;
  if (typeof name !== "string") return;
  const path = child(specPath, "hostnameOverride");
  if (setHostnameAsFQDN === true) {
    forbidden(errors, path, "may not be specified when setHostnameAsFQDN is true");
  }
  if (spec.hostNetwork === true) {
    forbidden(errors, path, "may not be specified when hostNetwork is true");
  }
  if (utf8Length(name) > LONGEST_HOSTNAME) tooLong(errors, path, LONGEST_HOSTNAME);
  invalidText(errors, path, name, isDns1123Subdomain(name));
}
