// What a container has beside its security: environment, resources, how it is pulled, resized and how it ends.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateContainerCommon
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import type { Container, PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { duplicate, type FieldErrors, invalid, notSupported, required } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { validateEnv, validateEnvFrom } from "./env.ts";
import { objectOf, objectsOf, textOf } from "./members.ts";
import { validateContainerResources } from "./resources.ts";

const MESSAGE_POLICIES: readonly string[] = ["File", "FallbackToLogsOnError"];
const PULL_POLICIES: readonly string[] = ["Always", "IfNotPresent", "Never"];
const RESIZED: readonly string[] = ["cpu", "memory"];
const RESIZE_POLICIES: readonly string[] = ["NotRequired", "RestartContainer"];

/** Unset, it is File. */
export function validateTerminationMessagePolicy(
  errors: FieldErrors,
  path: Path,
  container: Container,
): void {
  const { terminationMessagePolicy: policy } = container;
  if (typeof policy !== "string" || policy === "" || MESSAGE_POLICIES.includes(policy)) return;
  const policyPath = child(path, "terminationMessagePolicy");
  notSupported(errors, policyPath, goJsonString(policy), MESSAGE_POLICIES);
}

export function validateEnvironment(
  errors: FieldErrors,
  path: Path,
  { env, envFrom }: Container,
  options: PodOptions,
): void {
  if (env !== undefined) validateEnv(errors, child(path, "env"), env, options);
  if (envFrom !== undefined) validateEnvFrom(errors, child(path, "envFrom"), envFrom, options);
}

/** Unset, it follows from the image's tag. */
export function validatePullPolicy(
  errors: FieldErrors,
  path: Path,
  policy: string | undefined,
): void {
  if (policy === undefined || policy === "" || PULL_POLICIES.includes(policy)) return;
  notSupported(errors, path, goJsonString(policy), PULL_POLICIES);
}

export function validateResources(
  errors: FieldErrors,
  path: Path,
  container: Container,
  { spec, options }: { readonly spec: PodSpec; readonly options: PodOptions },
): void {
  const { resources, resizePolicy } = container;
  if (isJsonObject(resources)) {
    // Of a Pod, what is only limited is requested too; ephemeral containers have no resources.
    const complete = options.resourceIsPod ? withRequests(resources) : resources;
    validateContainerResources(errors, child(path, "resources"), complete, spec);
  }
  if (resizePolicy !== undefined) {
    validateResizePolicy(errors, child(path, "resizePolicy"), container, spec);
  }
}

/** @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Pod */
export function withRequests(resources: JsonObject): JsonObject {
  const limits = objectOf(resources, "limits");
  if (limits === undefined) return resources;
  return { ...resources, requests: { ...limits, ...objectOf(resources, "requests") } };
}

/** The server leaves the index out of nearly all of these paths. */
function validateResizePolicy(
  errors: FieldErrors,
  path: Path,
  container: Container,
  { restartPolicy = "Always" }: PodSpec,
): void {
  const resources = new Set<string>();
  objectsOf(container as unknown as JsonObject, "resizePolicy").forEach((row, index) => {
    const resource = textOf(row, "resourceName");
    const policy = textOf(row, "restartPolicy");
    if (resources.has(resource)) {
      duplicate(errors, indexed(path, index), resource);
    }
    resources.add(resource);
    if (resource === "") required(errors, path);
    else if (!RESIZED.includes(resource)) {
      notSupported(errors, path, goJsonString(resource), RESIZED);
    }
    if (policy === "") required(errors, path);
    else if (!RESIZE_POLICIES.includes(policy)) {
      notSupported(errors, path, goJsonString(policy), RESIZE_POLICIES);
    }
    if (restartPolicy !== "Never" || policy === "NotRequired") return;
    const detail = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
    invalid(errors, path, goJsonString(policy), detail);
  });
}

/** An init container that ends is not resized by a restart. */
export function validateInitResizePolicy(
  errors: FieldErrors,
  path: Path,
  container: Container,
): void {
  if (container.restartPolicy === "Always") return;
  objectsOf(container as unknown as JsonObject, "resizePolicy").forEach((row, index) => {
    const policy = textOf(row, "restartPolicy");
    if (policy !== "RestartContainer") return;
    const policyPath = child(indexed(child(path, "resizePolicy"), index), "restartPolicy");
    const detail = "must not be set to 'RestartContainer' for non-sidecar initContainers";
    invalid(errors, policyPath, goJsonString(policy), detail);
  });
}
