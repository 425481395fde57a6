// A container's own restartPolicy, which makes an init container a sidecar, and its rules.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerRestartPolicy, validateInitContainerRestartPolicy
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import type { Container } from "../../model/pod.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { type FieldErrors, forbidden, notSupported, required, tooMany } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";

const POLICIES: readonly string[] = ["Always", "Never", "OnFailure"];
const OPERATORS: readonly string[] = ["In", "NotIn"];
const NEEDED = "must specify restartPolicy when restart rules are used";

/** Called only for a container that has one of the two. */
export function validateRestartPolicyOfContainer(
  errors: FieldErrors,
  path: Path,
  container: Container,
  options: PodOptions,
): void {
  if (gateEnabled(options.world, "ContainerRestartRules")) {
    validateContainerRestartPolicy(errors, path, container, options);
  } else if (container.restartPolicy !== undefined) {
    forbidden(errors, child(path, "restartPolicy"), "may not be set for non-init containers");
  }
}

/** Called only for a container that has one of the two. */
export function validateInitContainerRestartPolicy(
  errors: FieldErrors,
  path: Path,
  container: Container,
  options: PodOptions,
): void {
  const { restartPolicy } = container;
  const rules = rulesOf(container);
  if (restartPolicy === undefined) {
    if (rules.length > 0) required(errors, child(path, "restartPolicy"), NEEDED);
  } else if (!gateEnabled(options.world, "ContainerRestartRules")) {
    if (restartPolicy === "Always") return;
    notSupported(errors, child(path, "restartPolicy"), goJsonString(restartPolicy), ["Always"]);
  } else if (restartPolicy !== "Always" || mayRestartAll(options)) {
    validateContainerRestartPolicy(errors, path, container, options);
  } else if (rules.length > 0) {
    const detail =
      "restartPolicyRules are not allowed for init containers with restart policy Always";
    forbidden(errors, child(path, "restartPolicyRules"), detail);
  }
}

function validateContainerRestartPolicy(
  errors: FieldErrors,
  path: Path,
  container: Container,
  options: PodOptions,
): void {
  const { restartPolicy } = container;
  const rules = rulesOf(container);
  const policyPath = child(path, "restartPolicy");
  if (restartPolicy === undefined) {
    if (rules.length === 0) return;
    required(errors, policyPath, NEEDED);
  } else if (!POLICIES.includes(restartPolicy)) {
    notSupported(errors, policyPath, goJsonString(restartPolicy), POLICIES);
  }
  const rulesPath = child(path, "restartPolicyRules");
  if (rules.length > 20) tooMany(errors, rulesPath, rules.length, 20);
  const actions = mayRestartAll(options) ? ["Restart", "RestartAllContainers"] : ["Restart"];
  rules.forEach((rule, index) => {
    validateRule(errors, indexed(rulesPath, index), rule, actions);
  });
}

function validateRule(
  errors: FieldErrors,
  path: Path,
  { action, exitCodes }: JsonObject,
  actions: readonly string[],
): void {
  const wanted = text(action);
  if (!actions.includes(wanted)) {
    notSupported(errors, child(path, "action"), goJsonString(wanted), actions);
  }
  const codesPath = child(path, "exitCodes");
  if (!isJsonObject(exitCodes)) {
    required(errors, codesPath, "must be specified");
    return;
  }
  const operator = text(exitCodes["operator"]);
  if (!OPERATORS.includes(operator)) {
    notSupported(errors, child(codesPath, "operator"), goJsonString(operator), OPERATORS);
  }
  const values = exitCodes["values"];
  if (Array.isArray(values) && values.length > 255) {
    tooMany(errors, child(codesPath, "values"), values.length, 255);
  }
}

function mayRestartAll({ world }: PodOptions): boolean {
  return gateEnabled(world, "RestartAllContainersOnContainerExits");
}

function rulesOf(container: Container): readonly JsonObject[] {
  return (container["restartPolicyRules"] ?? []) as readonly JsonObject[];
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
