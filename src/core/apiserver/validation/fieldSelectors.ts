// What a variable or a file of the downward API may show of its pod: a field, or a resource of a container.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateObjectFieldSelector, validateContainerResourceFieldSelector

import type { JsonObject } from "../../model/json.ts";
import { goQuote } from "../../rules/goText.ts";
import { isLabelKey } from "../../rules/names.ts";
import { quantityText } from "../../rules/quantityText.ts";
import { type FieldErrors, invalid, invalidText, notSupported, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { textOf } from "./members.ts";

/** @see kubernetes v1.37.2 pkg/apis/core/pods/helpers.go ConvertDownwardAPIFieldLabel */
const LABELS: readonly string[] = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.restartPolicy",
  "spec.serviceAccountName",
  "spec.schedulerName",
  "status.phase",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
export function validateObjectFieldSelector(
  errors: FieldErrors,
  path: Path,
  selector: JsonObject,
  expressions: readonly string[],
): void {
  const version = textOf(selector, "apiVersion") || "v1";
  const fieldPath = textOf(selector, "fieldPath");
  const pathOfField = child(path, "fieldPath");
  if (fieldPath === "") {
    required(errors, pathOfField);
    return;
  }
  const [named, subscript] = splitMaybeSubscriptedPath(fieldPath);
  const problem = conversionProblem(version, fieldPath, named);
  if (problem !== undefined) {
    const detail = `error converting fieldPath: ${problem}`;
    invalid(errors, pathOfField, goQuote(fieldPath), detail);
    return;
  }
  if (named === undefined || subscript === undefined) {
    const shown = fieldPath === "spec.host" ? "spec.nodeName" : fieldPath;
    if (!expressions.includes(shown)) {
      notSupported(errors, pathOfField, goQuote(shown), expressions);
    }
    return;
  }
  const key = named === "metadata.annotations" ? subscript.toLowerCase() : subscript;
  invalidText(errors, path, key, isLabelKey(key));
}

/** `metadata.labels['a']`; @see kubernetes v1.37.2 pkg/fieldpath/fieldpath.go SplitMaybeSubscriptedPath */
function splitMaybeSubscriptedPath(path: string): readonly [named?: string, subscript?: string] {
  const open = path.indexOf("['");
  if (open <= 0 || !path.endsWith("']") || open + 2 > path.length - 2) return [];
  return [path.slice(0, open), path.slice(open + 2, -2)];
}

function conversionProblem(
  version: string,
  fieldPath: string,
  named: string | undefined,
): string | undefined {
  if (version !== "v1") return `unsupported pod version: ${version}`;
  if (named !== undefined) {
    if (named === "metadata.annotations" || named === "metadata.labels") return undefined;
    return `field label does not support subscript: ${fieldPath}`;
  }
  if (fieldPath === "spec.host" || LABELS.includes(fieldPath)) return undefined;
  return `field label not supported: ${fieldPath}`;
}

const RESOURCES: readonly string[] = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];
const SIZES = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];
/** Of a resource: the divisors, and what the server calls it. */
const DIVISORS: readonly (readonly [of: RegExp, divisors: readonly string[], text: string])[] = [
  [/^(?:limits|requests)\.cpu$/, ["1m", "1"], "values 1m and 1 are supported with the cpu"],
  [/^(?:limits|requests)\.memory$/, SIZES, sized("memory")],
  [/^(?:limits|requests)\.ephemeral-storage$/, SIZES, sized("local ephemeral storage")],
  [/^(?:limits|requests)\.hugepages-/, SIZES, sized("hugepages")],
];

function sized(what: string): string {
  return `values ${SIZES.join(", ")} are supported with the ${what}`;
}

/** In a volume the container must be named. */
export function validateContainerResourceFieldSelector(
  errors: FieldErrors,
  path: Path,
  selector: JsonObject,
  volume: boolean,
): void {
  const resource = textOf(selector, "resource");
  if (volume && textOf(selector, "containerName") === "") {
    required(errors, child(path, "containerName"));
  } else if (resource === "") required(errors, child(path, "resource"));
  else if (!RESOURCES.includes(resource) && !/^(?:limits|requests)\.hugepages-/.test(resource)) {
    notSupported(errors, child(path, "resource"), goQuote(resource), RESOURCES);
  }
  const divisor = quantityText(selector["divisor"] ?? "0");
  if (divisor === "0") return;
  for (const [of, divisors, text] of DIVISORS) {
    if (!of.test(resource) || divisors.includes(divisor)) continue;
    const detail = `only divisor's ${text} resource`;
    invalid(errors, child(path, "divisor"), goQuote(resource), detail);
  }
}
