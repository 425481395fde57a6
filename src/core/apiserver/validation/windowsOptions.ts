// What windowsOptions may say at either level.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateWindowsSecurityContextOptions
import type { WindowsSecurityContextOptions } from "../../model/pod.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { type FieldErrors, invalid } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { isDns1123Subdomain } from "./names.ts";

const MOST_SPEC_KIB = 64;
const MOST_DOMAIN = 256;
const MOST_USER = 104;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f]/;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
const DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);
const FORBIDDEN_IN_USER = /["/\\:;|=,+*?<>@[\]]/;
const DOTS_AND_SPACES = /^[. ]+$/;

export function validateWindowsSecurityContextOptions(
  errors: FieldErrors,
  path: Path,
  options: WindowsSecurityContextOptions,
): void {
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName } = options;
  if (name !== undefined) {
    for (const problem of isDns1123Subdomain(name)) {
      invalid(errors, child(path, "gmsaCredentialSpecName"), goJsonString(name), problem);
    }
  }
  if (spec !== undefined)
    validateGmsaCredentialSpec(errors, child(path, "gmsaCredentialSpec"), spec);
  if (runAsUserName === undefined) return;
  for (const problem of runAsUserNameProblems(runAsUserName)) {
    const detail = problem.startsWith(" ")
      ? `runAsUserName${problem}`
      : `runAsUserName's ${problem}`;
    invalid(errors, child(path, "runAsUserName"), goJsonString(runAsUserName), detail);
  }
}

function validateGmsaCredentialSpec(errors: FieldErrors, path: Path, spec: string): void {
  if (spec === "") {
    invalid(errors, path, goJsonString(spec), "gmsaCredentialSpec cannot be an empty string");
  } else if (utf8Length(spec) > MOST_SPEC_KIB * 1024) {
    const detail = `gmsaCredentialSpec size must be under ${MOST_SPEC_KIB} KiB`;
    invalid(errors, path, goJsonString(spec), detail);
  }
}

/** What follows `runAsUserName's `, or `runAsUserName` where it begins with a space. */
function runAsUserNameProblems(name: string): string[] {
  if (name === "") return [" cannot be an empty string"];
  if (CONTROL.test(name)) return [" cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return [" cannot contain more than one backslash"];
  const [domain, user] = parts.length === 1 ? [undefined, name] : parts;
  return [...domainProblems(domain), ...userProblems(user ?? "")];
}

function domainProblems(domain: string | undefined): string[] {
  if (domain === undefined) return [];
  const problems: string[] = [];
  if (utf8Length(domain) >= MOST_DOMAIN) {
    problems.push(`Domain length must be under ${MOST_DOMAIN} characters`);
  }
  if (!NETBIOS.test(domain) && !DNS.test(domain)) {
    problems.push("Domain doesn't match the NetBios nor the DNS format");
  }
  return problems;
}

function userProblems(user: string): string[] {
  const problems: string[] = [];
  if (user === "") problems.push("User cannot be empty");
  else if (utf8Length(user) > MOST_USER) {
    problems.push(`User length must not be longer than ${MOST_USER} characters`);
  }
  if (DOTS_AND_SPACES.test(user)) problems.push("User cannot contain only periods or spaces");
  if (FORBIDDEN_IN_USER.test(user)) {
    problems.push('User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  }
  return problems;
}
