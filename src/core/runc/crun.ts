// crun: its steps in their order, where it decides otherwise than runc or says it in other words.
// @see crun 1.28 src/libcrun/{container,linux,seccomp,utils}.c; texts measured with every case alone (test/golden/runc/crun-edge.jsonl)

import type { OciIDMapping } from "../model/oci.ts";
import { toHostId, UNCHANGED } from "../rules/idMap.ts";
import { mappingsOf } from "../rules/ociRuntime.ts";
import { callsUnderFilter, type FilterStyle } from "./callsUnderFilter.ts";
import { crunFlags, crunSeccomp } from "./crunSeccomp.ts";
import { crunSysctl, crunWriteSysctls } from "./crunSysctl.ts";
import { cError } from "./crunText.ts";
import { execve } from "./execve.ts";
import { CRUN_DEAD, CRUN_INIT_CALLS } from "./initCalls.ts";
import { isForeign } from "./prepareRootfs.ts";
import { isKnownRlimit, setupRlimits } from "./rlimits.ts";
import { setKeyLabel } from "./securityLabels.ts";
import { type Refusal, refuse, type Step, type StepInput } from "./step.ts";
import { uidMap } from "./uidMap.ts";

const EPERM = 1;
const ENOENT = 2;
const EINVAL = 22;

const STYLE: FilterStyle = {
  calls: CRUN_INIT_CALLS,
  dead: CRUN_DEAD,
  enosysStub: false,
  prefix: "",
  error: cError,
  execFailed: (program, error) => `exec container process \`${program}\`: ${error}`,
};

export const CRUN_STEPS: readonly Step[] = [
  { name: "parse", run: parse },
  { name: "namespaces", run: namespaces },
  { name: "rlimits", run: rlimits },
  { name: "uidMap", run: idMaps },
  { name: "idsInUserNamespace", run: idsInUserNamespace },
  { name: "setgroups", run: setgroups },
  {
    name: "setKeyLabel",
    run: (input) =>
      reworded(
        setKeyLabel(input),
        () => `write to \`/proc/self/attr/keycreate\`: ${cError(EINVAL)}`,
      ),
  },
  { name: "sysctl", run: crunSysctl },
  { name: "writeSysctls", run: crunWriteSysctls },
  { name: "mounts", run: mounts },
  { name: "seccomp", run: crunSeccomp },
  { name: "hostname", run: hostname },
  { name: "seccompFlags", run: (input) => (hasNoNewPrivs(input) ? undefined : crunFlags(input)) },
  { name: "identity", run: identity },
  { name: "findExecutable", run: findExecutable },
  { name: "cwd", run: cwd },
  {
    name: "seccompFlagsAfterIds",
    run: (input) => (hasNoNewPrivs(input) ? crunFlags(input) : undefined),
  },
  { name: "callsUnderFilter", run: (input) => callsUnderFilter(input, STYLE) },
  { name: "execve", run: (input) => execve(input, STYLE) },
];

function hasNoNewPrivs({ spec }: StepInput): boolean {
  return spec.process?.noNewPrivileges === true;
}

function parse({ spec }: StepInput): Refusal | undefined {
  if (spec.root === undefined) {
    return refuse("invalid config file, no `root` block specified", "root");
  }
  if (spec.process === undefined) return refuse("block `process` not found", "process");
  if (spec.process.cwd !== undefined) return undefined;
  return refuse("load `config.json`: Required field 'cwd' not present", "process", "cwd");
}

const NAMESPACE_TYPES: ReadonlySet<string> = new Set(
  "pid network mount ipc uts user cgroup time".split(" "),
);

function namespaces({ spec }: StepInput): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, { type }] of (spec.linux?.namespaces ?? []).entries()) {
    const path = ["linux", "namespaces", index];
    if (!NAMESPACE_TYPES.has(type)) return refuse(`invalid namespace type: \`${type}\``, ...path);
    if (seen.has(type)) return refuse(`duplicate namespace type: \`${type}\``, ...path);
    seen.add(type);
  }
  return undefined;
}

function hostname({ spec }: StepInput): Refusal | undefined {
  if (spec.linux?.namespaces?.some(({ type }) => type === "uts") === true) return undefined;
  for (const name of ["hostname", "domainname"] as const) {
    if ((spec[name] ?? "") !== "") return refuse(`${name} requires the UTS namespace`, name);
  }
  return undefined;
}

/** Each in turn: its name, then the kernel's answer. */
function rlimits(input: StepInput): Refusal | undefined {
  const raised = setupRlimits(input);
  for (const [index, { type }] of (input.spec.process?.rlimits ?? []).entries()) {
    const path = ["process", "rlimits", index];
    if (!isKnownRlimit(type)) return refuse(`invalid rlimit \`${type}\``, ...path);
    if (raised?.path.at(-1) !== index) continue;
    const errno = raised.message.endsWith("invalid argument") ? EINVAL : EPERM;
    return refuse(`setrlimit \`${type}\`: ${cError(errno)}`, ...path);
  }
  return undefined;
}

/** The map of groups is written first. */
function idMaps(input: StepInput): Refusal | undefined {
  for (const [key, file] of [
    ["gidMappings", "gid_map"],
    ["uidMappings", "uid_map"],
  ] as const) {
    const refusal = uidMap(input, [key]);
    if (refusal !== undefined)
      return reworded(refusal, () => `write to \`${file}\`: ${cError(EINVAL)}`);
  }
  return undefined;
}

/** A user namespace without a root of its own is entered as the container's user. */
function idsInUserNamespace({ spec }: StepInput): Refusal | undefined {
  const { uidMappings = [], gidMappings = [] } = mappingsOf(spec);
  if (uidMappings.length === 0 || gidMappings.length === 0) return undefined;
  const { uid = 0, gid = 0 } = spec.process?.user ?? {};
  const isRefused = (id: number, mappings: readonly OciIDMapping[]) =>
    toHostId(0, mappings) === undefined && id !== UNCHANGED && toHostId(id, mappings) === undefined;
  if (isRefused(uid, uidMappings)) return setresuid(uid);
  return isRefused(gid, gidMappings) ? setresgid(gid) : undefined;
}

/** crun binds the host's /sys where it may not mount one of its own. */
function mounts({ spec }: StepInput): Refusal | undefined {
  const index = (spec.mounts ?? []).findIndex(
    (mount) => mount.type !== "sysfs" && isForeign(mount, spec),
  );
  const mount = spec.mounts?.[index];
  if (mount === undefined) return undefined;
  const target = mount.destination.replace(/^\//, "");
  return refuse(`mount \`${mount.type}\` to \`${target}\`: ${cError(EPERM)}`, "mounts", index);
}

function setgroups({ credentials }: StepInput): Refusal | undefined {
  if (credentials().refused !== "setgroups") return undefined;
  return refuse(`setgroups: ${cError(EINVAL)}`, "process", "user", "additionalGids");
}

function identity({ spec, credentials }: StepInput): Refusal | undefined {
  const { uid = 0, gid = 0 } = spec.process?.user ?? {};
  switch (credentials().refused) {
    case "setgid":
      return setresgid(gid);
    case "setuid":
      return setresuid(uid);
    case "capset":
      return refuse(`capset: ${cError(EPERM)}`, "process", "capabilities");
    default:
      return undefined;
  }
}

/** Ids are printed as signed numbers. */
function setresgid(gid: number): Refusal {
  return refuse(`setresgid to \`${gid | 0}\`: ${cError(EINVAL)}`, "process", "user", "gid");
}

function setresuid(uid: number): Refusal {
  return refuse(`setresuid to \`${uid | 0}\`: ${cError(EINVAL)}`, "process", "user", "uid");
}

function cwd({ spec }: StepInput): Refusal | undefined {
  if (spec.process?.cwd !== "") return undefined;
  return refuse(`chdir to \`\`: ${cError(ENOENT)}`, "process", "cwd");
}

function findExecutable({ spec, exec }: StepInput): Refusal | undefined {
  if (exec.found === undefined) return undefined;
  const program = spec.process?.args?.[0] ?? "";
  const path = ["process", "args", 0];
  if (exec.found === "notExecutable") {
    return refuse(
      `the path \`${program}\` exists but it is not executable: ${cError(EPERM)}`,
      ...path,
    );
  }
  const where = program.includes("/") ? "" : " in $PATH";
  const message = `executable file \`${program}\` not found${where}: No such file or directory`;
  return refuse(message, ...path);
}

function reworded(
  refusal: Refusal | undefined,
  text: (refusal: Refusal) => string,
): Refusal | undefined {
  return refusal === undefined ? undefined : { ...refusal, message: text(refusal) };
}
