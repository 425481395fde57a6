// Names and addresses that a pod resolves by: its dnsPolicy and dnsConfig, and its hostAliases.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validatePodDNSConfig, ValidateHostAliases
import type { JsonObject } from "../../model/json.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { isVersion4InVersion6, parseIpSloppy } from "../../rules/ipAddress.ts";
import { type FieldErrors, invalid, invalidText, notSupported, required } from "../fieldError.ts";
import type { PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { objectsOf, textOf, textsOf } from "./members.ts";
import { isDns1123Subdomain } from "./names.ts";
import { isDns1123SubdomainWithUnderscore } from "./textForms.ts";

const POLICIES: readonly string[] = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const MOST_SEARCH_CHARACTERS = 2048;

/** Unset, it is ClusterFirst. */
export function validateDnsPolicy(errors: FieldErrors, path: Path, policy: string): void {
  if (POLICIES.includes(policy)) return;
  notSupported(errors, path, goJsonString(policy), POLICIES);
}

export function validatePodDnsConfig(
  errors: FieldErrors,
  path: Path,
  config: JsonObject | undefined,
  { policy, options }: { readonly policy: string; readonly options: PodOptions },
): void {
  if (config === undefined) {
    if (policy !== "None") return;
    required(errors, path, "must provide `dnsConfig` when `dnsPolicy` is None");
    return;
  }
  const nameservers = textsOf(config, "nameservers");
  const serversPath = child(path, "nameservers");
  if (policy === "None" && nameservers.length === 0) {
    const detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
    required(errors, serversPath, detail);
    return;
  }
  if (nameservers.length > MOST_NAMESERVERS) {
    const detail = `must not have more than ${MOST_NAMESERVERS} nameservers`;
    invalid(errors, serversPath, listJson(nameservers), detail);
  }
  nameservers.forEach((address, index) => {
    validateIp(errors, indexed(serversPath, index), address, options);
  });
  validateSearches(errors, child(path, "searches"), textsOf(config, "searches"));
  objectsOf(config, "options").forEach((option, index) => {
    if (textOf(option, "name") !== "") return;
    required(errors, indexed(child(path, "options"), index), "must not be empty");
  });
}

function validateSearches(errors: FieldErrors, path: Path, searches: readonly string[]): void {
  if (searches.length > MOST_SEARCHES) {
    const detail = `must not have more than ${MOST_SEARCHES} search paths`;
    invalid(errors, path, listJson(searches), detail);
  }
  if (utf8Length(searches.join(" ")) > MOST_SEARCH_CHARACTERS) {
    const detail = `must not have more than ${MOST_SEARCH_CHARACTERS} characters (including spaces) in the search list`;
    invalid(errors, path, listJson(searches), detail);
  }
  searches.forEach((search, index) => {
    if (search === ".") return;
    const name = search.endsWith(".") ? search.slice(0, -1) : search;
    invalidText(errors, indexed(path, index), name, isDns1123SubdomainWithUnderscore(name));
  });
}

export function validateHostAliases(
  errors: FieldErrors,
  path: Path,
  aliases: readonly JsonObject[],
  options: PodOptions,
): void {
  aliases.forEach((alias, index) => {
    const at = indexed(path, index);
    validateIp(errors, child(at, "ip"), textOf(alias, "ip"), options);
    textsOf(alias, "hostnames").forEach((name, position) => {
      invalidText(
        errors,
        indexed(child(at, "hostnames"), position),
        name,
        isDns1123Subdomain(name),
      );
    });
  });
}

/** @see apimachinery v0.37.2 pkg/util/validation/ip.go IsValidIPForLegacyField */
function validateIp(errors: FieldErrors, path: Path, text: string, { world }: PodOptions): void {
  const address = parseIpSloppy(text);
  if (address === undefined) {
    const detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    invalid(errors, path, goQuote(text), detail);
    return;
  }
  if (!gateEnabled(world, "StrictIPCIDRValidation")) return;
  if (!address.isStrict) invalid(errors, path, goQuote(text), "must not have leading 0s");
  else if (isVersion4InVersion6(address)) {
    invalid(errors, path, goQuote(text), "must not be an IPv4-mapped IPv6 address");
  }
}

function listJson(texts: readonly string[]): string {
  return `[${texts.map(goJsonString).join(",")}]`;
}
