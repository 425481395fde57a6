// The two projected sources that come from certificates: bundles of trust, and a pod's own certificate.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateProjectionSources; names.go ValidateSignerName

import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { isLabelKey } from "../../rules/names.ts";
import {
  type FieldErrors,
  invalid,
  invalidText,
  notSupported,
  required,
  tooLong,
} from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { validateIdField } from "./ids.ts";
import { selectorJson, validateLabelSelector } from "./labels.ts";
import { intOf, objectOf, textMapOf, textOf } from "./members.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";
import type { TakePath } from "./projectedVolume.ts";
import { validateLocalNonReservedPath } from "./volumeFiles.ts";

const KEY_TYPES = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
const DAY = 86_400;
const HOUR = 3600;

export function validateClusterTrustBundle(
  errors: FieldErrors,
  path: Path,
  source: JsonObject,
  take: TakePath,
): void {
  const bundle = objectOf(source, "clusterTrustBundle");
  if (bundle === undefined) return;
  const { name, signerName } = bundle;
  if (typeof name === "string" && typeof signerName === "string") {
    invalid(errors, path, bundleJson(bundle), "only one of name and signerName may be used");
  } else if (typeof name === "string") validateBundleName(errors, path, bundle, name);
  else if (typeof signerName === "string") {
    const signerPath = child(path, "signerName");
    if (signerName === "") required(errors, signerPath, "must be a valid signer name");
    validateSignerName(errors, signerPath, signerName);
    const selector = objectOf(bundle, "labelSelector");
    validateLabelSelector(errors, child(path, "labelSelector"), selector);
  } else required(errors, path, "either name or signerName must be specified");
  const file = textOf(bundle, "path");
  if (file === "") required(errors, child(path, "path"));
  validateIdField(errors, path, "user", intOf(bundle, "user"));
  validateLocalNonReservedPath(errors, child(path, "path"), file);
  take(file, file);
}

function validateBundleName(
  errors: FieldErrors,
  path: Path,
  bundle: JsonObject,
  name: string,
): void {
  const namePath = child(path, "name");
  if (name === "") required(errors, namePath, "must be a valid object name");
  // Before the last colon stands the signer's name, with colons for its slashes.
  const own = name.slice(name.lastIndexOf(":") + 1);
  for (const text of isDns1123Subdomain(own)) {
    invalid(errors, namePath, goQuote(name), `not a valid clustertrustbundlename: ${text}`);
  }
  const selector = objectOf(bundle, "labelSelector");
  if (selector === undefined) return;
  const detail = "labelSelector must be unset if name is specified";
  invalid(errors, child(path, "labelSelector"), selectorJson(selector), detail);
}

/** Go's JSON of the server's internal type. */
function bundleJson(bundle: JsonObject): string {
  const text = (key: string): string => {
    const value = bundle[key];
    return typeof value === "string" ? goJsonString(value) : "null";
  };
  const selector = objectOf(bundle, "labelSelector");
  const members = [
    `"Name":${text("name")}`,
    `"SignerName":${text("signerName")}`,
    `"LabelSelector":${selector === undefined ? "null" : selectorJson(selector)}`,
    `"Optional":${bundle["optional"] ?? "null"}`,
    `"Path":${goJsonString(textOf(bundle, "path"))}`,
    `"User":${intOf(bundle, "user") ?? "null"}`,
  ];
  return `{${members.join(",")}}`;
}

export function validatePodCertificate(
  errors: FieldErrors,
  path: Path,
  source: JsonObject,
  take: TakePath,
): void {
  const certificate = objectOf(source, "podCertificate");
  if (certificate === undefined) return;
  const signer = textOf(certificate, "signerName");
  validateSignerName(errors, child(path, "signerName"), signer);
  if (certificate["userAnnotations"] !== undefined) {
    const annotations = textMapOf(certificate, "userAnnotations");
    for (const key in annotations) {
      validateDomainPrefixedKey(errors, child(path, "userAnnotations"), key.toLowerCase());
    }
  }
  validateIdField(errors, path, "user", intOf(certificate, "user"));
  const keyType = textOf(certificate, "keyType");
  if (!KEY_TYPES.includes(keyType)) {
    notSupported(errors, child(path, "keyType"), goQuote(keyType), KEY_TYPES);
  }
  validateExpiration(errors, child(path, "maxExpirationSeconds"), certificate, signer);
  let files = 0;
  for (const field of ["credentialBundlePath", "keyPath", "certificateChainPath"]) {
    const file = textOf(certificate, field);
    if (file === "") continue;
    files += 1;
    validateLocalNonReservedPath(errors, child(path, field), file);
    take(file, file);
  }
  if (files > 0) return;
  const detail = "specify at least one of credentialBundlePath, keyPath, and certificateChainPath";
  required(errors, path, detail);
}

function validateExpiration(
  errors: FieldErrors,
  path: Path,
  certificate: JsonObject,
  signer: string,
): void {
  const seconds = intOf(certificate, "maxExpirationSeconds") ?? DAY;
  if (seconds < HOUR) {
    const detail = `if provided, maxExpirationSeconds must be >= ${HOUR}`;
    invalid(errors, path, String(seconds), detail);
  }
  const [host = ""] = signer.split("/");
  const most = host === "kubernetes.io" || host.endsWith(".kubernetes.io") ? DAY : 91 * DAY;
  if (seconds <= most) return;
  const detail = `if provided, maxExpirationSeconds must be <= ${most}`;
  invalid(errors, path, String(seconds), detail);
}

function validateSignerName(errors: FieldErrors, path: Path, name: string): void {
  if (name === "") {
    required(errors, path);
    return;
  }
  const [domain = "", rest = "", ...others] = name.split("/");
  if (others.length > 0 || !name.includes("/")) {
    const detail =
      "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    invalid(errors, path, goQuote(name), detail);
    return;
  }
  if (utf8Length(domain) > 253) tooLong(errors, path, 253);
  validateSegments(errors, path, domain, isDns1123Label);
  if (!domain.includes(".")) {
    const detail = "should be a domain with at least two segments separated by dots";
    invalid(errors, path, goQuote(domain), detail);
  }
  validateSegments(errors, path, rest, isDns1123Subdomain);
  if (utf8Length(name) > 571) tooLong(errors, path, 571);
}

function validateSegments(
  errors: FieldErrors,
  path: Path,
  text: string,
  problemsOf: (segment: string) => readonly string[],
): void {
  const wrong = text.split(".").find((segment) => problemsOf(segment).length > 0);
  if (wrong === undefined) return;
  for (const problem of problemsOf(wrong)) {
    invalid(errors, path, goQuote(text), `validating label ${goQuote(wrong)}: ${problem}`);
  }
}

/** @see apimachinery v0.37.2 pkg/util/validation/validation.go IsDomainPrefixedKey */
function validateDomainPrefixedKey(errors: FieldErrors, path: Path, key: string): void {
  if (key === "") {
    required(errors, path);
    return;
  }
  const problems = isLabelKey(key);
  invalidText(errors, path, key, problems);
  if (problems.length > 0 || key.includes("/")) return;
  invalid(errors, path, goQuote(key), 'must be a domain-prefixed key (such as "acme.io/foo")');
}
