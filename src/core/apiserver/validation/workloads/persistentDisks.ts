// A Google disk that several pods mount, which until Kubernetes 1.28 had to be read-only.
// @see kubernetes v1.28.15 pkg/apis/core/validation/validation.go ValidateReadOnlyPersistentDisks
import { gateEnabled } from "../../../rules/featureGates.ts";
import { type FieldErrors, invalid } from "../../fieldError.ts";
import type { PodOptions } from "../../options.ts";
import { child, indexed, type Path } from "../../path.ts";
import { objectOf } from "../members.ts";
import type { PodTemplateSpec } from "../pod.ts";

const DETAIL =
  "must be true for replicated pods > 1; GCE PD can only be mounted on multiple machines if it is read-only";

/** `path` leads to the template. */
export function validateReadOnlyPersistentDisks(
  errors: FieldErrors,
  path: Path,
  { spec: { volumes } }: PodTemplateSpec,
  { world }: PodOptions,
): void {
  if (volumes === undefined || gateEnabled(world, "SkipReadOnlyValidationGCE")) return;
  volumes.forEach((volume, index) => {
    const disk = objectOf(volume as never, "gcePersistentDisk");
    if (disk === undefined || disk["readOnly"] === true) return;
    const at = indexed(child(child(path, "spec"), "volumes"), index);
    invalid(errors, child(child(at, "gcePersistentDisk"), "readOnly"), "false", DETAIL);
  });
}
