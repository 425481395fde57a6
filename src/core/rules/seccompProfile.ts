// From a profile in Docker's form to the OCI form: which rules hold on this host for these capabilities, as dockerd decides.
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import type {
  SeccompFacts,
  SeccompFilter,
  SeccompProfile,
  SeccompRule,
} from "../model/seccompProfile.ts";
import { compareReleases, nearestRelease, type Release } from "../model/version.ts";
import { ARCHITECTURES } from "../tables/seccompArchitectures.ts";

interface Setup {
  /** Flags, listener and default errno of the profile are passed on. */
  readonly keepsAll: boolean;
  readonly bothArchitectures: string;
  readonly bothNames: string;
}

/** dockerd's, by release. */
const SETUP = [
  {
    since: "20.10",
    value: {
      keepsAll: false,
      bothArchitectures:
        "'architectures' and 'archMap' were specified in the seccomp profile, use either 'architectures' or 'archMap'",
      bothNames:
        "'name' and 'names' were specified in the seccomp profile, use either 'name' or 'names'",
    },
  },
  {
    since: "26.1",
    value: {
      keepsAll: true,
      bothArchitectures:
        "both 'architectures' and 'archMap' are specified in the seccomp profile, use either 'architectures' or 'archMap'",
      bothNames:
        "both 'name' and 'names' are specified in the seccomp profile, use either 'name' or 'names'",
    },
  },
] as const satisfies [{ since: Release; value: Setup }, ...{ since: Release; value: Setup }[]];

/** `profile` absent: seccomp is off. */
export type SeccompSetup =
  | { readonly profile?: OciSeccomp; readonly error?: undefined }
  | { readonly profile?: undefined; readonly error: string };

/**
 * Resolves a profile's conditions.
 * @see moby v26.1.5 profiles/seccomp/seccomp_linux.go setupSeccomp
 */
export function setupSeccomp(
  profile: SeccompProfile,
  facts: SeccompFacts,
  docker: Release,
): SeccompSetup {
  const { archMap = [], architectures = [], syscalls = [], ...rest } = profile;
  if (profile.defaultAction === "" && syscalls.length === 0) return {};
  const setup: Setup = nearestRelease<Setup>(SETUP, docker);
  if (architectures.length > 0 && archMap.length > 0) return { error: setup.bothArchitectures };
  const rules: OciSyscall[] = [];
  for (const rule of syscalls) {
    if (rule.name !== undefined && rule.name !== "" && (rule.names ?? []).length > 0) {
      if (setup.keepsAll || applies(rule, facts)) return { error: setup.bothNames };
    }
    if (applies(rule, facts)) rules.push(toOci(rule));
  }
  const expanded = [...architectures, ...expandArchitecture(archMap, facts.architecture)];
  return {
    profile: {
      ...(setup.keepsAll ? rest : { defaultAction: profile.defaultAction }),
      ...(expanded.length === 0 ? {} : { architectures: expanded }),
      ...(rules.length === 0 ? {} : { syscalls: rules }),
    },
  };
}

function expandArchitecture(
  archMap: NonNullable<SeccompProfile["archMap"]>,
  architecture: string,
): string[] {
  const seccomp = ARCHITECTURES[architecture]?.seccomp;
  const entry = archMap.find((row) => row.architecture === seccomp);
  return entry === undefined ? [] : [entry.architecture, ...(entry.subArchitectures ?? [])];
}

/** Do a rule's conditions hold? Excludes by any of its parts, includes by all. */
export function applies(
  { includes, excludes }: Pick<SeccompRule, "includes" | "excludes">,
  facts: SeccompFacts,
): boolean {
  if (excludes !== undefined && isExcluded(excludes, facts)) return false;
  return includes === undefined || isIncluded(includes, facts);
}

function isExcluded({ arches = [], caps = [], minKernel }: SeccompFilter, facts: SeccompFacts) {
  if (arches.includes(nativeName(facts))) return true;
  if (caps.some((name) => facts.bounding.includes(name))) return true;
  return minKernel !== undefined && isAtLeast(facts, minKernel);
}

function isIncluded({ arches = [], caps = [], minKernel }: SeccompFilter, facts: SeccompFacts) {
  if (arches.length > 0 && !arches.includes(nativeName(facts))) return false;
  if (!caps.every((name) => facts.bounding.includes(name))) return false;
  return minKernel === undefined || isAtLeast(facts, minKernel);
}

function nativeName({ architecture }: SeccompFacts): string {
  return ARCHITECTURES[architecture]?.native ?? architecture;
}

function isAtLeast({ kernel }: SeccompFacts, minKernel: string): boolean {
  return compareReleases(kernel, minKernel as Release) >= 0;
}

function toOci({ names, name, action, errnoRet, args }: SeccompRule): OciSyscall {
  return {
    names: name === undefined || name === "" ? (names ?? null) : [name],
    action,
    ...(errnoRet === undefined ? {} : { errnoRet }),
    ...(args === undefined || args.length === 0 ? {} : { args }),
  };
}
