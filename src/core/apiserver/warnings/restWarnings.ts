// Warnings about the rest of a pod: labels that are gone, selectors of nothing, what is said twice, fractions of bytes.
// @see kubernetes v1.37.2 pkg/api/pod/warnings.go warningsForPodSpecAndMeta
import type { JsonObject, JsonValue } from "../../model/json.ts";
import type { Container, PodSpec } from "../../model/pod.ts";
import { goQuote } from "../../rules/goText.ts";
import { ipText, isVersion4InVersion6, parseIpSloppy } from "../../rules/ipAddress.ts";
import { quantityOf, roundedToMilli, textOfQuantity } from "../../rules/quantityText.ts";
import { child, indexed, keyed, type Path } from "../path.ts";
import { objectOf, objectsOf, textOf, textsOf } from "../validation/members.ts";
import { type Warning, warningAt } from "../warning.ts";

const UNIT = 1_000_000_000n;
const NULL_SELECTOR = "a null labelSelector results in matching no pod";
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

/** Hosts and pull secrets that are named twice, and overhead. Between volumes and profiles. */
export function warningsForLists(warnings: Warning[], specPath: Path, podSpec: PodSpec): void {
  const spec = podSpec as unknown as JsonObject;
  warningsForRepeated(warnings, child(specPath, "hostAliases"), spec["hostAliases"], "ip");
  const secretsPath = child(specPath, "imagePullSecrets");
  warningsForRepeated(warnings, secretsPath, spec["imagePullSecrets"], "name");
  objectsOf(spec, "imagePullSecrets").forEach((secret, index) => {
    if (textOf(secret, "name") !== "") return;
    warnings.push(warningAt(child(indexed(secretsPath, index), "name"), 'invalid empty name ""'));
  });
  const overhead = objectOf(spec, "overhead");
  if (overhead !== undefined) {
    const path = child(specPath, "overhead");
    for (const name of ["memory", "ephemeral-storage"]) {
      warningForFraction(warnings, path, name, overhead);
    }
  }
}

function warningsForRepeated(
  warnings: Warning[],
  path: Path,
  list: JsonValue | undefined,
  field: "ip" | "name",
): void {
  if (!Array.isArray(list) || list.length < 2) return;
  const seen = new Set<string>();
  (list as readonly JsonObject[]).forEach((item, index) => {
    const value = textOf(item, field);
    if (seen.has(value)) {
      const at = child(indexed(path, index), field);
      warnings.push(warningAt(at, `duplicate ${field} ${goQuote(value)}`));
    }
    seen.add(value);
  });
}

/** Memory in parts of a byte, and variables that hide others. */
export function warningsForContainer(
  warnings: Warning[],
  path: () => Path,
  { resources, env }: Container,
  requestsLimits: boolean,
): void {
  const limits = objectOf(resources ?? {}, "limits");
  const asked = objectOf(resources ?? {}, "requests");
  const requests = requestsLimits && limits !== undefined ? { ...limits, ...asked } : asked;
  for (const name of ["memory", "ephemeral-storage"]) {
    for (const [field, list] of [["limits", limits] as const, ["requests", requests] as const]) {
      if (list?.[name] === undefined || isWhole(list[name])) continue;
      warningForFraction(warnings, child(child(path(), "resources"), field), name, list);
    }
  }
  if (env !== undefined && env.length > 1) warningsForEnv(warnings, path, env);
}

/** Most amounts have no digit behind a point and no small unit. */
function isWhole(value: JsonValue | undefined): boolean {
  return typeof value === "string" && /^\d+(?:[KMG]i|[kMG])?$/.test(value);
}

function warningForFraction(warnings: Warning[], path: Path, name: string, list: JsonObject): void {
  if (list[name] === undefined) return;
  const amount = roundedToMilli(quantityOf(list[name]));
  if (amount.nano % UNIT === 0n) return;
  const shown = goQuote(textOfQuantity(amount));
  const text = `fractional byte value ${shown} is invalid, must be an integer`;
  warnings.push(warningAt(keyed(path, name), text));
}

function warningsForEnv(warnings: Warning[], path: () => Path, env: readonly JsonObject[]): void {
  const seen = new Set<string>();
  env.forEach((variable, index) => {
    const name = textOf(variable, "name");
    if (!seen.has(name)) {
      seen.add(name);
      return;
    }
    const reference = `$(${name})`;
    const value = textOf(variable, "value");
    const builds = value !== reference && value.includes(reference);
    if (variable["valueFrom"] === undefined && builds) return;
    const text = `hides previous definition of ${goQuote(name)}, which may be dropped when using apply`;
    warnings.push(warningAt(indexed(child(path(), "env"), index), text));
  });
}

/** Behind the ports. `isTemplate`: a Pod's own negative time has become 1 by now. */
export function warningsForRest(
  warnings: Warning[],
  specPath: Path,
  podSpec: PodSpec,
  isTemplate: boolean,
): void {
  const spec = podSpec as unknown as JsonObject;
  const { terminationGracePeriodSeconds: seconds = 0 } = podSpec;
  if (isTemplate && seconds < 0) {
    const text = "must be >= 0; negative values are invalid and will be treated as 1";
    warnings.push(warningAt(child(specPath, "terminationGracePeriodSeconds"), text));
  }
  const affinity = objectOf(spec, "affinity");
  if (affinity !== undefined) {
    for (const name of ["podAffinity", "podAntiAffinity"]) {
      const terms = objectOf(affinity, name);
      if (terms === undefined) continue;
      warningsForTerms(warnings, child(child(specPath, "affinity"), name), terms);
    }
  }
  const dnsConfig = objectOf(spec, "dnsConfig");
  if (dnsConfig !== undefined) {
    const path = child(child(specPath, "dnsConfig"), "nameservers");
    textsOf(dnsConfig, "nameservers").forEach((address, index) => {
      warningForIp(warnings, indexed(path, index), address);
    });
  }
  objectsOf(spec, "hostAliases").forEach((alias, index) => {
    const path = child(indexed(child(specPath, "hostAliases"), index), "ip");
    warningForIp(warnings, path, textOf(alias, "ip"));
  });
}

function warningsForTerms(warnings: Warning[], path: Path, affinity: JsonObject): void {
  objectsOf(affinity, REQUIRED).forEach((term, index) => {
    if (term["labelSelector"] !== undefined) return;
    const at = child(indexed(child(path, REQUIRED), index), "labelSelector");
    warnings.push(warningAt(at, NULL_SELECTOR));
  });
  objectsOf(affinity, PREFERRED).forEach((weighted, index) => {
    if (objectOf(weighted, "podAffinityTerm")?.["labelSelector"] !== undefined) return;
    const at = child(indexed(child(path, PREFERRED), index), "podAffinityTerm");
    warnings.push(warningAt(child(at, "labelSelector"), NULL_SELECTOR));
  });
}

/** @see apimachinery v0.37.2 pkg/util/validation/ip.go GetWarningsForIP */
function warningForIp(warnings: Warning[], path: Path, text: string): void {
  const address = parseIpSloppy(text);
  if (address === undefined) return;
  const canonical = ipText(address);
  if (!address.isStrict || isVersion4InVersion6(address)) {
    const problem = `non-standard IP address ${goQuote(text)} is invalid: use ${goQuote(canonical)}`;
    warnings.push(warningAt(path, problem));
  } else if (!address.isVersion4 && canonical !== text) {
    const problem = `IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(canonical)})`;
    warnings.push(warningAt(path, problem));
  }
}
