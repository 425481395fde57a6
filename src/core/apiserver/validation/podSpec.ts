// A pod's spec, in a Pod or in a template: the parts that bear on security, in the server's order.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidatePodSpec
import type { PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, forbidden, invalid, notSupported, tooLong } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, type Path } from "../path.ts";
import { validateContainers, validateInitContainers } from "./containers.ts";
import { validateEphemeralContainers } from "./ephemeralContainers.ts";
import { validateWindowsHostProcessPod } from "./hostProcess.ts";
import { validateHostUsers } from "./hostUsers.ts";
import { isDns1123Subdomain } from "./names.ts";
import { validateOs } from "./os.ts";
import {
  validatePodSpecSecurityContext,
  validateShareProcessNamespace,
} from "./podSecurityContext.ts";
import { validatePodHostNetworkDeps } from "./ports.ts";
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
  const { volumes, securityContext, restartPolicy = "Always" } = spec;
  const known =
    volumes === undefined ? NO_VOLUMES : validateVolumes(errors, child(path, "volumes"), volumes);
  validateContainers(errors, child(path, "containers"), spec, known, options);
  validateInitContainers(errors, child(path, "initContainers"), spec, known, options);
  validateEphemeralContainers(errors, child(path, "ephemeralContainers"), spec, known, options);
  validatePodHostNetworkDeps(errors, path, spec, options.resourceIsPod);
  if (!RESTART_POLICIES.includes(restartPolicy)) {
    const shown = goJsonString(restartPolicy);
    notSupported(errors, child(path, "restartPolicy"), shown, RESTART_POLICIES);
  }
  if (securityContext !== undefined) {
    const contextPath = child(path, "securityContext");
    validatePodSpecSecurityContext(errors, contextPath, securityContext, spec, options);
  }
  validateShareProcessNamespace(errors, path, spec);
  validateWindowsHostProcessPod(errors, path, spec, options.world);
  validateHostUsers(errors, path, spec, options);
  validatePodHostName(errors, path, spec);
  validateOs(errors, path, spec);
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
  for (const problem of isDns1123Subdomain(name)) invalid(errors, path, goQuote(name), problem);
}
