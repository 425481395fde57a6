// Regular and init containers.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainers, validateInitContainers
import type { Container, PodSpec } from "../../model/pod.ts";
import { trimSpace } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import {
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  invalidText,
  required,
} from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import {
  validateEnvironment,
  validateInitResizePolicy,
  validatePullPolicy,
  validateResources,
  validateTerminationMessagePolicy,
} from "./containerRest.ts";
import { isDns1123Label } from "./names.ts";
import { checkHostPortConflicts, validateContainerPorts } from "./ports.ts";
import { validateProbesAndLifecycle } from "./probes.ts";
import {
  validateInitContainerRestartPolicy,
  validateRestartPolicyOfContainer,
} from "./restartPolicy.ts";
import { validateSecurityContext } from "./securityContext.ts";
import { validateVolumeDevices, validateVolumeMounts } from "./volumeMounts.ts";
import type { KnownVolumes } from "./volumes.ts";

const ONLY_FOR_SIDECARS = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const;

export function validateContainers(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  volumes: KnownVolumes,
  options: PodOptions,
): void {
  const containers = spec.containers ?? [];
  if (containers.length === 0) required(errors, path);
  const { resourceIsPod } = options;
  const names = new Set<string>();
  containers.forEach((container, index) => {
    const containerPath = indexed(path, index);
    validateContainerCommon(errors, containerPath, container, { spec, volumes, options });
    if (names.has(container.name)) duplicate(errors, child(containerPath, "name"), container.name);
    names.add(container.name);
    validateProbesAndLifecycle(errors, containerPath, container, { spec, resourceIsPod });
    if (hasRestartPolicy(container)) {
      validateRestartPolicyOfContainer(errors, containerPath, container, options);
    }
  });
  checkHostPortConflicts(errors, path, containers);
}

export function validateInitContainers(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  volumes: KnownVolumes,
  options: PodOptions,
): void {
  const { initContainers } = spec;
  if (initContainers === undefined) return;
  const { resourceIsPod } = options;
  const names = new Set(spec.containers?.map(({ name }) => name));
  initContainers.forEach((container, index) => {
    const containerPath = indexed(path, index);
    const { name } = container;
    validateContainerCommon(errors, containerPath, container, { spec, volumes, options });
    if (hasRestartPolicy(container)) {
      validateInitContainerRestartPolicy(errors, containerPath, container, options);
    }
    if (names.has(name)) duplicate(errors, child(containerPath, "name"), name);
    else if (name !== "") names.add(name);
    // Init containers run one by one, so each is alone with its ports; the server then says index 0 of each.
    checkHostPortConflicts(errors, path, [container]);
    if (container.restartPolicy === "Always") {
      validateProbesAndLifecycle(errors, containerPath, container, { spec, resourceIsPod });
      return;
    }
    for (const field of ONLY_FOR_SIDECARS) {
      if (container[field] === undefined) continue;
      const detail = "may not be set for init containers without restartPolicy=Always";
      forbidden(errors, child(containerPath, field), detail);
    }
    if (container["resizePolicy"] !== undefined) {
      validateInitResizePolicy(errors, containerPath, container);
    }
  });
}

function hasRestartPolicy(container: Container): boolean {
  return container.restartPolicy !== undefined || container["restartPolicyRules"] !== undefined;
}

export interface Surroundings {
  readonly spec: PodSpec;
  readonly volumes: KnownVolumes;
  readonly options: PodOptions;
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerCommon */
export function validateContainerCommon(
  errors: FieldErrors,
  path: Path,
  container: Container,
  { spec, volumes, options }: Surroundings,
): void {
  const { name, image = "", ports, volumeMounts, volumeDevices, securityContext } = container;
  if (name === "") required(errors, child(path, "name"));
  else {
    invalidText(errors, child(path, "name"), name, isDns1123Label(name));
  }
  if (image === "") required(errors, child(path, "image"));
  validateTerminationMessagePolicy(errors, path, container);
  if (ports !== undefined) validateContainerPorts(errors, child(path, "ports"), ports);
  validateEnvironment(errors, path, container, options);
  if (volumeMounts !== undefined) {
    validateVolumeMounts(errors, child(path, "volumeMounts"), container, volumes);
  }
  if (volumeDevices !== undefined) {
    validateVolumeDevices(errors, child(path, "volumeDevices"), container, volumes);
  }
  validatePullPolicy(errors, child(path, "imagePullPolicy"), container.imagePullPolicy);
  validateResources(errors, path, container, { spec, options });
  if (securityContext === undefined) return;
  const contextPath = child(path, "securityContext");
  validateSecurityContext(errors, contextPath, securityContext, spec.hostUsers !== false, options);
}

/**
 * What holds for a pod but not for a template of one.
 * @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerOnlyForPod
 */
export function validateContainerOnlyForPod(
  errors: FieldErrors,
  path: Path,
  { image = "" }: Container,
): void {
  if (trimSpace(image) === image) return;
  const detail = "must not have leading or trailing whitespace";
  invalid(errors, child(path, "image"), goQuote(image), detail);
}
