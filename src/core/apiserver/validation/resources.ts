// Requests and limits: names of resources, their amounts, and that the two fit together.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateContainerResourceRequirements

import type { JsonObject, JsonValue } from "../../model/json.ts";
import type { PodSpec } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { isLabelKey } from "../../rules/names.ts";
import { parseQuantity, wholeUnits } from "../../rules/quantity.ts";
import {
  type Quantity,
  quantityOf,
  roundedToMilli,
  textOfQuantity,
} from "../../rules/quantityText.ts";
import { type FieldErrors, forbidden, invalid, notSupported, required } from "../fieldError.ts";
import { child, keyed, type Path } from "../path.ts";
import { validateClaimNames } from "./claimNames.ts";
import { objectOf, objectsOf } from "./members.ts";

const UNIT = 1_000_000_000n;
const CONTAINER_RESOURCES: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);
const COUNTED: ReadonlySet<string> = new Set(
  "pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers".split(
    " ",
  ),
);
const STANDARD: ReadonlySet<string> = new Set([
  ...CONTAINER_RESOURCES,
  ...[...CONTAINER_RESOURCES].flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  ...COUNTED,
  "storage",
  "requests.storage",
]);
const POD_RESOURCES: readonly string[] = ["cpu", "hugepages-", "memory"];

const PLAIN_AMOUNT = /^([1-9]\d{0,8})(m|[KMG]i|[kMG])?$/;

type ValidateName = (errors: FieldErrors, path: Path, name: string) => void;

export function validateContainerResources(
  errors: FieldErrors,
  path: Path,
  resources: JsonObject,
  spec: PodSpec,
): void {
  validateRequirements(errors, path, resources, validateContainerResourceName);
  const claims = objectsOf(resources, "claims");
  if (claims.length > 0) validateClaimNames(errors, child(path, "claims"), claims, spec);
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateOverhead */
export function validateOverhead(errors: FieldErrors, path: Path, overhead: JsonObject): void {
  validateRequirements(errors, path, { limits: overhead }, validateContainerResourceName);
}

export function validatePodResources(
  errors: FieldErrors,
  path: Path,
  resources: JsonObject,
  spec: PodSpec,
): void {
  if (spec.os?.name === "windows") {
    forbidden(errors, path, "may not be set for a windows pod");
    return;
  }
  if (resources["claims"] !== undefined) {
    forbidden(errors, child(path, "claims"), "claims may not be set for Resources at pod-level");
  }
  validateRequirements(errors, path, resources, validatePodResourceName);
  const claims = objectsOf(resources, "claims");
  if (claims.length > 0) validateClaimNames(errors, child(path, "claims"), claims, spec);
}

function validateRequirements(
  errors: FieldErrors,
  path: Path,
  resources: JsonObject,
  validateName: ValidateName,
): void {
  const limits = objectOf(resources, "limits") ?? {};
  const requests = objectOf(resources, "requests") ?? {};
  if (isPlain(limits, limits) && isPlain(requests, limits)) return;
  let hasComputing = false;
  let hasHugePages = false;
  const validateAmount = (name: string, at: Path, amount: Quantity): void => {
    validateName(errors, at, name);
    validateQuantityValue(errors, at, name, amount);
    if (name === "cpu" || name === "memory") hasComputing = true;
    if (!isHugePages(name)) return;
    hasHugePages = true;
    if (isDivisible(name, amount)) return;
    const text = textOfQuantity(amount);
    invalid(errors, at, goQuote(text), `${text} is not positive integer multiple of ${name}`);
  };
  for (const name in limits) {
    validateAmount(name, keyed(child(path, "limits"), name), amountOf(limits[name]));
  }
  for (const name in requests) {
    const amount = amountOf(requests[name]);
    validateAmount(name, keyed(child(path, "requests"), name), amount);
    validateAgainstLimit(errors, path, { name, amount, limits });
  }
  if (hasHugePages && !hasComputing) forbidden(errors, path, "HugePages require cpu or memory");
}

/** Nothing to say: CPU and memory in amounts that are above zero, and requested as they are limited or not limited. */
function isPlain(list: JsonObject, limits: JsonObject): boolean {
  for (const name in list) {
    const amount = list[name];
    if (name !== "cpu" && name !== "memory") return false;
    if (typeof amount !== "string" || !PLAIN_AMOUNT.test(amount)) return false;
    const limit = limits[name];
    if (limit !== undefined && limit !== amount && !isBelow(amount, limit)) return false;
  }
  return true;
}

/** Of two amounts in the same unit. */
function isBelow(amount: string, limit: JsonValue): boolean {
  if (typeof limit !== "string") return false;
  const [, number, unit] = PLAIN_AMOUNT.exec(amount) ?? [];
  const [, most, other] = PLAIN_AMOUNT.exec(limit) ?? [];
  return most !== undefined && unit === other && Number(number) <= Number(most);
}

interface Requested {
  readonly name: string;
  readonly amount: Quantity;
  readonly limits: JsonObject;
}

function validateAgainstLimit(
  errors: FieldErrors,
  path: Path,
  { name, amount, limits }: Requested,
): void {
  const overcommit = isNative(name) && !isHugePages(name);
  if (!Object.hasOwn(limits, name)) {
    if (overcommit) return;
    required(errors, child(path, "limits"), "Limit must be set for non overcommitable resources");
    return;
  }
  const limit = amountOf(limits[name]);
  const over = amount.nano > limit.nano;
  if (overcommit ? !over : amount.nano === limit.nano) return;
  const relation = overcommit ? "less than or equal to" : "equal to";
  const detail = `must be ${relation} ${name} limit of ${textOfQuantity(limit)}`;
  invalid(errors, child(path, "requests"), goQuote(textOfQuantity(amount)), detail);
}

function amountOf(value: JsonValue | undefined): Quantity {
  return roundedToMilli(quantityOf(value));
}

/** @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go ValidateResourceQuantityValue */
export function validateQuantityValue(
  errors: FieldErrors,
  path: Path,
  name: string,
  amount: Quantity,
): void {
  const text = textOfQuantity(amount);
  if (amount.nano < 0n) {
    invalid(errors, path, goQuote(text), "must be greater than or equal to 0");
  }
  if ((COUNTED.has(name) || isExtended(name)) && amount.nano % UNIT !== 0n) {
    invalid(errors, path, goQuote(text), "must be an integer");
  }
}

function validateContainerResourceName(errors: FieldErrors, path: Path, name: string): void {
  if (CONTAINER_RESOURCES.has(name)) return;
  validateResourceName(errors, path, name);
  if (!name.includes("/")) {
    if (isHugePages(name)) return;
    invalid(errors, path, goJsonString(name), "must be a standard resource for containers");
  } else if (!isNative(name) && !isExtended(name) && name.split("/").length > 1) {
    invalid(errors, path, goJsonString(name), "doesn't follow extended resource name standard");
  }
}

function validatePodResourceName(errors: FieldErrors, path: Path, name: string): void {
  const before = errors.length;
  validateResourceName(errors, path, name);
  if (errors.length > before || name === "cpu" || name === "memory" || isHugePages(name)) return;
  notSupported(errors, path, goJsonString(name), POD_RESOURCES);
}

function validateResourceName(errors: FieldErrors, path: Path, name: string): void {
  const problems = isLabelKey(name);
  for (const text of problems) invalid(errors, path, goJsonString(name), text);
  if (problems.length > 0 || name.includes("/") || STANDARD.has(name)) return;
  if (isHugePages(name) || name.startsWith("requests.hugepages-")) return;
  const detail = "must be a standard resource type or fully qualified";
  invalid(errors, path, goJsonString(name), detail);
}

function isHugePages(name: string): boolean {
  return name.startsWith("hugepages-");
}

/** @see kubernetes v1.37.2 pkg/apis/core/helper/helpers.go IsHugePageResourceValueDivisible */
function isDivisible(name: string, { nano }: Quantity): boolean {
  const size = parseQuantity(name.slice("hugepages-".length));
  if (size === undefined || size <= 0n || size % UNIT !== 0n) return false;
  return wholeUnits(nano) % wholeUnits(size) === 0n;
}

function isNative(name: string): boolean {
  return !name.includes("/") || name.includes("kubernetes.io/");
}

function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith("requests.")) return false;
  return isLabelKey(`requests.${name}`).length === 0;
}
