// The three probes of a container and its hooks.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateLivenessProbe, validateReadinessProbe, validateStartupProbe, validateLifecycle
import { type Int64, isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Container, PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { type FieldErrors, forbidden, invalid, notSupported } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { validateHandler } from "./handlers.ts";
import { intOf, objectOf } from "./members.ts";
import { LINUX_SIGNALS, WINDOWS_SIGNALS } from "./signals.ts";

const SECONDS = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds"] as const;
const THRESHOLDS = ["successThreshold", "failureThreshold"] as const;

/** Hooks and probes of a container that may have them. */
export function validateProbesAndLifecycle(
  errors: FieldErrors,
  path: Path,
  container: Container,
  { spec, resourceIsPod }: { readonly spec: PodSpec; readonly resourceIsPod: boolean },
): void {
  const { os, terminationGracePeriodSeconds = 30 } = spec;
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  // The server stores a Pod's negative one as 1; a template keeps it.
  const gracePeriod =
    resourceIsPod && terminationGracePeriodSeconds < 0 ? 1 : terminationGracePeriodSeconds;
  if (isJsonObject(lifecycle)) {
    validateLifecycle(errors, child(path, "lifecycle"), lifecycle, { gracePeriod, os });
  }
  if (isJsonObject(livenessProbe)) {
    const probePath = child(path, "livenessProbe");
    validateProbe(errors, probePath, livenessProbe, gracePeriod);
    validateSuccessThreshold(errors, probePath, livenessProbe);
  }
  if (isJsonObject(readinessProbe)) {
    const probePath = child(path, "readinessProbe");
    validateProbe(errors, probePath, readinessProbe, gracePeriod);
    const seconds = intOf(readinessProbe, "terminationGracePeriodSeconds");
    if (seconds !== undefined) {
      const detail = "must not be set for readinessProbes";
      const secondsPath = child(probePath, "terminationGracePeriodSeconds");
      invalid(errors, secondsPath, String(seconds), detail);
    }
  }
  if (isJsonObject(startupProbe)) {
    const probePath = child(path, "startupProbe");
    validateProbe(errors, probePath, startupProbe, gracePeriod);
    validateSuccessThreshold(errors, probePath, startupProbe);
  }
}

/** Unset and 0 are its defaults. */
function validateSuccessThreshold(errors: FieldErrors, path: Path, probe: JsonObject): void {
  const threshold = intOf(probe, "successThreshold") || 1;
  if (threshold === 1) return;
  invalid(errors, child(path, "successThreshold"), String(threshold), "must be 1");
}

function validateProbe(
  errors: FieldErrors,
  path: Path,
  probe: JsonObject,
  gracePeriod: Int64,
): void {
  validateHandler(errors, path, probe, gracePeriod);
  for (const field of [...SECONDS, ...THRESHOLDS]) {
    const value = intOf(probe, field) ?? 0;
    if (value >= 0) continue;
    invalid(errors, child(path, field), String(value), "must be greater than or equal to 0");
  }
  const seconds = intOf(probe, "terminationGracePeriodSeconds");
  if (seconds === undefined || seconds > 0) return;
  const secondsPath = child(path, "terminationGracePeriodSeconds");
  invalid(errors, secondsPath, String(seconds), "must be greater than 0");
}

function validateLifecycle(
  errors: FieldErrors,
  path: Path,
  lifecycle: JsonObject,
  { gracePeriod, os }: { readonly gracePeriod: Int64; readonly os: PodSpec["os"] },
): void {
  for (const name of ["postStart", "preStop"]) {
    const handler = objectOf(lifecycle, name);
    if (handler !== undefined) validateHandler(errors, child(path, name), handler, gracePeriod);
  }
  const { stopSignal } = lifecycle;
  if (typeof stopSignal !== "string") return;
  const signalPath = child(path, "stopSignal");
  if (os === undefined) {
    const detail = "may not be set for containers with empty `spec.os.name`";
    forbidden(errors, signalPath, detail);
    return;
  }
  const signals =
    os.name === "windows" ? WINDOWS_SIGNALS : os.name === "linux" ? LINUX_SIGNALS : [];
  if (signals.length === 0 || signals.includes(stopSignal)) return;
  notSupported(errors, signalPath, goJsonString(stopSignal), signals);
}
