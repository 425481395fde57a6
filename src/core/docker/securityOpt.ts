// HostConfig.SecurityOpt: no-new-privileges, profiles and labels, in the order they are written; the last of a kind wins.
// @see moby v28.5.2 daemon/daemon_unix.go parseSecurityOpt
import { goQuote } from "../rules/goText.ts";
import type { DockerRelease } from "../tables/docker.ts";

export interface SecurityOptions {
  readonly noNewPrivileges: boolean;
  /** "" when none is given. */
  readonly apparmor: string;
  readonly seccomp: string;
  /** `disable`, `type:x`, … */
  readonly labels: readonly string[];
  /** Absent: as privileged says. */
  readonly writableCgroups: boolean | undefined;
}
export type SecurityOptionsOrError =
  | { readonly options: SecurityOptions; readonly error?: undefined }
  | { readonly error: string };

/** What strconv.ParseBool takes. */
const BOOLS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true])),
  ...Object.fromEntries(["0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false])),
};

const NO_OPTIONS: SecurityOptions = {
  noNewPrivileges: false,
  apparmor: "",
  seccomp: "",
  labels: [],
  writableCgroups: undefined,
};

export function parseSecurityOpt(
  securityOpt: readonly string[],
  release: DockerRelease,
): SecurityOptionsOrError {
  let options = NO_OPTIONS;
  for (const opt of securityOpt) {
    const read = readWord(opt, options, release) ?? readPair(opt, options, release);
    if (read.error !== undefined) return read;
    options = read.options;
  }
  return { options };
}

/** Options that stand alone. */
function readWord(
  opt: string,
  options: SecurityOptions,
  { writableCgroups }: DockerRelease,
): SecurityOptionsOrError | undefined {
  if (opt === "no-new-privileges") return { options: { ...options, noNewPrivileges: true } };
  if (opt === "disable") return { options: { ...options, labels: [...options.labels, opt] } };
  return writableCgroups && opt === "writable-cgroups"
    ? { options: { ...options, writableCgroups: true } }
    : undefined;
}

/** `key=value`, or `key:value` where no "=" is. */
function readPair(
  opt: string,
  options: SecurityOptions,
  release: DockerRelease,
): SecurityOptionsOrError {
  const at = opt.indexOf(opt.includes("=") ? "=" : ":");
  if (at === -1) return { error: `invalid --security-opt 1: ${goQuote(opt)}` };
  const value = opt.slice(at + 1);
  const bool = Object.hasOwn(BOOLS, value) ? BOOLS[value] : undefined;
  const key = opt.slice(0, at);
  if (key === "label") return { options: { ...options, labels: [...options.labels, value] } };
  if (key === "apparmor" || key === "seccomp") return { options: { ...options, [key]: value } };
  if (key === "no-new-privileges" && bool !== undefined) {
    return { options: { ...options, noNewPrivileges: bool } };
  }
  if (key === "writable-cgroups" && release.writableCgroups && bool !== undefined) {
    return { options: { ...options, writableCgroups: bool } };
  }
  return { error: `invalid --security-opt 2: ${goQuote(opt)}` };
}
