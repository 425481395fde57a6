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
const CAPABILITY_ROWS: ReadonlyMap<string, ProfileRow> = new Map(
  BY_CAPABILITY.map(([capability, names]) => [capability, { names }]),
);

/**
 * containerd's profile for a container; its rules depend on the bounding set, in the order of that set.
 * @see containerd v2.1.9 contrib/seccomp/seccomp_default.go DefaultProfile
 */
export function containerdDefaultProfile(release: Release, facts: SeccompFacts): OciSeccomp {
  const ofCapabilities = facts.bounding.flatMap((name) => CAPABILITY_ROWS.get(name) ?? []);
  const syscalls: OciSyscall[] = [];
  for (const row of [ALLOWED, ...CONTAINERD_ROWS, ...ofCapabilities, ...CONTAINERD_LAST_ROWS]) {
    const rule = ruleOf(row, "containerd", release);
    if (rule === undefined || !applies(rule, facts)) continue;
    const { includes: _includes, excludes: _excludes, ...syscall } = rule;
    syscalls.push(syscall);
  }
  const architectures = CONTAINERD_ARCHITECTURES[facts.architecture];
  return {
    defaultAction: DEFAULT_ACTION,
    ...(architectures === undefined ? {} : { architectures }),
    syscalls,
  };
}

/**
 * Docker's profile with its conditions, for setupSeccomp.
 * @see moby v28.5.2 profiles/seccomp/default.json
 */
export function dockerDefaultProfile(release: Release): SeccompProfile {
  const syscalls: SeccompRule[] = [];
  for (const row of [ALLOWED, ...DOCKER_ROWS]) {
    const rule = ruleOf(row, "docker", release);
    if (rule !== undefined) syscalls.push(rule);
  }
  return {
    defaultAction: DEFAULT_ACTION,
    ...nearestRelease(DOCKER_ERRNO, release),
    archMap: DOCKER_ARCH_MAP,
    syscalls,
  };
}

type NamedRule = SeccompRule & { readonly names: readonly string[] };

/** Rules by program and release: a row says the same of a release every time, and every container asks all rows. */
const READ: Map<string, Map<ProfileRow, NamedRule | undefined>> = new Map();

/** A row as this release has it; undefined when it has none, or none of its syscalls. */
function ruleOf(row: ProfileRow, program: Program, release: Release): NamedRule | undefined {
  const key = `${program} ${release}`;
  const rules = READ.get(key) ?? new Map<ProfileRow, NamedRule | undefined>();
  READ.set(key, rules);
  if (!rules.has(row)) rules.set(row, readRow(row, program, release));
  return rules.get(row);
}

function readRow(row: ProfileRow, program: Program, release: Release): NamedRule | undefined {
  if (!holdsIn(row, release)) return undefined;
  const names = row.names.flatMap((item) => namesOf(item, program, release));
  if (names.length === 0) return undefined;
  const { errnoRet, args, includes, excludes } = row;
  return {
    names,
    action: errnoRet === undefined ? "SCMP_ACT_ALLOW" : "SCMP_ACT_ERRNO",
    ...(errnoRet === undefined ? {} : { errnoRet }),
    ...(args === undefined ? {} : { args }),
    ...(includes === undefined ? {} : { includes }),
    ...(excludes === undefined ? {} : { excludes }),
  };
}

function namesOf(item: string | SpannedSyscall, program: Program, release: Release): string[] {
  if (typeof item === "string") return item.split(" ");
  const span = item[program];
  return span !== undefined && holdsIn(span, release) ? [item.name] : [];
}
