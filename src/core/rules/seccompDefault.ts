// The default seccomp profiles of containerd and dockerd, as each release makes them for a container's capabilities.
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import type { SeccompFacts, SeccompProfile, SeccompRule } from "../model/seccompProfile.ts";
import { holdsIn, nearestRelease, type Release } from "../model/version.ts";
import { ALLOWED_SYSCALLS, type SpannedSyscall } from "../tables/seccompAllowed.ts";
import { CONTAINERD_ARCHITECTURES, DOCKER_ARCH_MAP } from "../tables/seccompArchitectures.ts";
import {
  BY_CAPABILITY,
  CONTAINERD_LAST_ROWS,
  CONTAINERD_ROWS,
  DOCKER_ROWS,
  type ProfileRow,
} from "../tables/seccompConditional.ts";
import { shareNames } from "./seccompNames.ts";
import { applies } from "./seccompProfile.ts";

type Program = "containerd" | "docker";
const DEFAULT_ACTION = "SCMP_ACT_ERRNO";

/** Since 26.1 Docker's profile names the errno (EPERM) that libseccomp would take anyway. */
const DOCKER_ERRNO: readonly [
  { readonly since: Release; readonly value: Pick<SeccompProfile, "defaultErrnoRet"> },
  ...{ readonly since: Release; readonly value: Pick<SeccompProfile, "defaultErrnoRet"> }[],
] = [
  { since: "20.10", value: {} },
  { since: "26.1", value: { defaultErrnoRet: 1 } },
];

const ALLOWED: ProfileRow = { names: ALLOWED_SYSCALLS };

/**
 * containerd's profile for a container; its rules depend on the bounding set, in the order of that set.
 * @see containerd v2.1.9 contrib/seccomp/seccomp_default.go DefaultProfile
 */
export function containerdDefaultProfile(release: Release, facts: SeccompFacts): OciSeccomp {
  const { first, byCapability, last } = containerdRules(release);
  const syscalls: OciSyscall[] = [];
  for (const rule of first) if (applies(rule, facts)) syscalls.push(rule.syscall);
  for (const name of facts.bounding) {
    const rule = byCapability.get(name);
    if (rule !== undefined) syscalls.push(rule.syscall);
  }
  for (const rule of last) if (applies(rule, facts)) syscalls.push(rule.syscall);
  const architectures = CONTAINERD_ARCHITECTURES[facts.architecture];
  return architectures === undefined
    ? { defaultAction: DEFAULT_ACTION, syscalls }
    : { defaultAction: DEFAULT_ACTION, architectures, syscalls };
}

interface ContainerdRules {
  readonly first: readonly ConditionalRule[];
  readonly byCapability: ReadonlyMap<string, ConditionalRule>;
  readonly last: readonly ConditionalRule[];
}

/** Read once per release: the rows say the same of it every time, and every container asks all of them. */
const CONTAINERD: Map<Release, ContainerdRules> = new Map();

function containerdRules(release: Release): ContainerdRules {
  const known = CONTAINERD.get(release);
  if (known !== undefined) return known;
  const byCapability = new Map<string, ConditionalRule>();
  for (const [capability, names] of BY_CAPABILITY) {
    const rule = ruleOf({ names }, "containerd", release);
    if (rule !== undefined) byCapability.set(capability, rule);
  }
  const rules: ContainerdRules = {
    first: rulesOf([ALLOWED, ...CONTAINERD_ROWS], "containerd", release),
    byCapability,
    last: rulesOf(CONTAINERD_LAST_ROWS, "containerd", release),
  };
  CONTAINERD.set(release, rules);
  return rules;
}

/**
 * Docker's profile with its conditions, for setupSeccomp.
 * @see moby v28.5.2 profiles/seccomp/default.json
 */
export function dockerDefaultProfile(release: Release): SeccompProfile {
  const known = DOCKER.get(release);
  if (known !== undefined) return known;
  const profile: SeccompProfile = {
    defaultAction: DEFAULT_ACTION,
    ...nearestRelease(DOCKER_ERRNO, release),
    archMap: DOCKER_ARCH_MAP,
    syscalls: rulesOf([ALLOWED, ...DOCKER_ROWS], "docker", release).map(
      ({ syscall, ...conditions }): SeccompRule => ({ ...syscall, ...conditions }),
    ),
  };
  DOCKER.set(release, profile);
  return profile;
}

const DOCKER: Map<Release, SeccompProfile> = new Map();

/** A rule as a filter has it, and when it holds. */
interface ConditionalRule extends Pick<SeccompRule, "includes" | "excludes"> {
  readonly syscall: OciSyscall;
}

function rulesOf(
  rows: readonly ProfileRow[],
  program: Program,
  release: Release,
): ConditionalRule[] {
  return rows.flatMap((row) => ruleOf(row, program, release) ?? []);
}

/** A row as this release has it; undefined when it has none, or none of its syscalls. */
function ruleOf(row: ProfileRow, program: Program, release: Release): ConditionalRule | undefined {
  if (!holdsIn(row, release)) return undefined;
  const names = row.names.flatMap((item) => namesOf(item, program, release));
  if (names.length === 0) return undefined;
  shareNames(names);
  const { errnoRet, args, includes, excludes } = row;
  const syscall: OciSyscall = {
    names,
    action: errnoRet === undefined ? "SCMP_ACT_ALLOW" : "SCMP_ACT_ERRNO",
    ...(errnoRet === undefined ? {} : { errnoRet }),
    ...(args === undefined ? {} : { args }),
  };
  return {
    syscall,
    ...(includes === undefined ? {} : { includes }),
    ...(excludes === undefined ? {} : { excludes }),
  };
}

function namesOf(item: string | SpannedSyscall, program: Program, release: Release): string[] {
  if (typeof item === "string") return item.split(" ");
  const span = item[program];
  return span !== undefined && holdsIn(span, release) ? [item.name] : [];
}
