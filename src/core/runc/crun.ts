// crun: its steps in their order, where it decides otherwise than runc or says it in other words.
// @see crun 1.28 src/libcrun/{container,linux,seccomp,utils}.c; texts measured with every case alone (test/golden/runc/crun-edge.jsonl)
import { callsUnderFilter, type FilterStyle } from "./callsUnderFilter.ts";
import { crunSeccomp } from "./crunSeccomp.ts";
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
  { name: "hostname", run: hostname },
  { name: "sysctl", run: crunSysctl },
  { name: "seccomp", run: crunSeccomp },
  { name: "rlimits", run: rlimits },
  {
    name: "uidMap",
    run: (input) => reworded(uidMap(input), () => `write to \`uid_map\`: ${cError(EINVAL)}`),
  },
  {
    name: "setKeyLabel",
    run: (input) =>
      reworded(
        setKeyLabel(input),
        () => `write to \`/proc/self/attr/keycreate\`: ${cError(EINVAL)}`,
      ),
  },
  { name: "mounts", run: mounts },
  { name: "writeSysctls", run: crunWriteSysctls },
  { name: "identity", run: identity },
  { name: "findExecutable", run: findExecutable },
  { name: "callsUnderFilter", run: (input) => callsUnderFilter(input, STYLE) },
  { name: "execve", run: (input) => execve(input, STYLE) },
];

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

function rlimits(input: StepInput): Refusal | undefined {
  for (const [index, { type }] of (input.spec.process?.rlimits ?? []).entries()) {
    if (!isKnownRlimit(type))
      return refuse(`invalid rlimit \`${type}\``, "process", "rlimits", index);
  }
  const raised = setupRlimits(input);
  const limit = input.spec.process?.rlimits?.find((_, index) => raised?.path.at(-1) === index);
  return reworded(raised, ({ message }) => {
    const errno = message.endsWith("invalid argument") ? EINVAL : EPERM;
    return `setrlimit \`${limit?.type}\`: ${cError(errno)}`;
  });
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

function identity({ spec, credentials }: StepInput): Refusal | undefined {
  const { uid = 0, gid = 0 } = spec.process?.user ?? {};
  switch (credentials().refused) {
    case "setgroups":
      return refuse(`setgroups: ${cError(EINVAL)}`, "process", "user", "additionalGids");
    case "setgid":
      return refuse(`setresgid to \`${gid}\`: ${cError(EINVAL)}`, "process", "user", "gid");
    case "setuid":
      return refuse(`setresuid to \`${uid}\`: ${cError(EINVAL)}`, "process", "user", "uid");
    case "capset":
      return refuse(`capset: ${cError(EPERM)}`, "process", "capabilities");
    default:
      return undefined;
  }
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
