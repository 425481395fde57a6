// Ephemeral containers: what they may not have, and how they fit to the other containers.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateEphemeralContainers
import type { EphemeralContainer, PodSpec } from "../../model/pod.ts";
import { duplicate, type FieldErrors, forbidden, notFound } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateContainerCommon, validateContainerOnlyForPod } from "./containers.ts";
import type { KnownVolumes } from "./volumes.ts";

const DETAIL = "cannot be set for an Ephemeral Container";
/** In the order of the Go struct. */
const NOT_ALLOWED = [
  "ports",
  "resources",
  "resizePolicy",
  "restartPolicy",
  "restartPolicyRules",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
] as const;

export function validateEphemeralContainers(
  errors: FieldErrors,
  path: Path,
  spec: PodSpec,
  volumes: KnownVolumes,
  options: PodOptions,
): void {
  const { ephemeralContainers = [] } = spec;
  if (ephemeralContainers.length === 0) return;
  const others = new Set<string>();
  for (const { name } of spec.containers ?? []) others.add(name);
  for (const { name } of spec.initContainers ?? []) others.add(name);
  const names = new Set(others);
  ephemeralContainers.forEach((container, index) => {
    const containerPath = indexed(path, index);
    const { name, targetContainerName = "" } = container;
    // What it limits it does not request: only the other containers of a Pod do.
    const alone = { ...options, resourceIsPod: false };
    validateContainerCommon(errors, containerPath, container, { spec, volumes, options: alone });
    validateContainerOnlyForPod(errors, containerPath, container);
    if (names.has(name)) duplicate(errors, child(containerPath, "name"), name);
    names.add(name);
    if (targetContainerName !== "" && !others.has(targetContainerName)) {
      notFound(errors, child(containerPath, "targetContainerName"), targetContainerName);
    }
    validateFieldAllowList(errors, containerPath, container);
    validateSubPaths(errors, child(containerPath, "volumeMounts"), container);
  });
}

function validateFieldAllowList(
  errors: FieldErrors,
  path: Path,
  container: EphemeralContainer,
): void {
  for (const field of NOT_ALLOWED) {
    const value = container[field];
    // `resources` is no pointer: an empty one cannot be told from none.
    const unset = value === undefined || (field === "resources" && isEmpty(value));
    if (!unset) forbidden(errors, child(path, field), DETAIL);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function validateSubPaths(
  errors: FieldErrors,
  path: Path,
  { volumeMounts }: EphemeralContainer,
): void {
  volumeMounts?.forEach(({ subPath = "", subPathExpr = "" }, index) => {
    if (subPath !== "") forbidden(errors, child(indexed(path, index), "subPath"), DETAIL);
    if (subPathExpr !== "") forbidden(errors, child(indexed(path, index), "subPathExpr"), DETAIL);
  });
}
