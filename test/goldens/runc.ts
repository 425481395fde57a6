// The recordings of runc and crun against secctx's prediction: hand-written specs, and labels on LSM hosts.
import type { ExecFacts } from "../../src/core/model/credentials.ts";
import type { OciSeccomp, OciSpec } from "../../src/core/model/oci.ts";
import type { Release } from "../../src/core/model/version.ts";
import type { SeLinuxPolicy, WorldFile } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import { type RuncAnswer, type RuncInput, runc } from "../../src/core/runc/runc.ts";
import { CAPABILITIES } from "../../src/core/tables/capabilities.ts";
import { type GoldenCase, type GoldenSuite, goldenRows, goldenText } from "../golden.ts";

interface Answer {
  readonly error?: string;
  readonly warnings: readonly string[];
}
interface EdgeRow {
  readonly case: string;
  readonly runtime: string;
  readonly config: OciSpec;
  readonly rc: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Present when an agent listened on the profile's listenerPath; in other cases its socket was left without one. */
  readonly notifyAgent?: unknown;
}
interface LsmRow {
  readonly case: string;
  readonly host: string;
  readonly request: {
    readonly apparmorProfile?: string;
    readonly selinuxLabel?: string;
    readonly mountLabel?: string;
    readonly noNewPrivileges?: boolean;
    readonly user?: { readonly uid: number; readonly gid: number };
  };
  readonly exitCode: number;
  readonly error: string;
}
interface OciRuntime {
  readonly name: "runc" | "crun";
  readonly version: Release;
}

/** RUNTIMES.md: "the part that does not depend on ids, paths and the runc version": all but the arguments of mount(2). */
function normalise(text: string): string {
  return text.replace(/: mount .*: (?=[^:]+$)/s, ": mount: ").trim();
}

function toAnswer(error: string | undefined, warnings: readonly string[]): Answer {
  return error === undefined ? { warnings } : { error: normalise(error), warnings: [] };
}

function predict(input: RuncInput, world: WorldFile, recorded?: Answer): Answer {
  const { out } = runc(input, composeWorld(world));
  return outcomeOf(out, recorded) ?? toAnswer(out.error, out.warnings);
}

/** Where a race inside the runtime decides, every outcome is predicted in words: the recorded one has to be among them. */
function outcomeOf({ races = [], warnings }: RuncAnswer, recorded?: Answer): Answer | undefined {
  if (recorded === undefined || !races.includes(recorded.error ?? "")) return undefined;
  return toAnswer(recorded.error, warnings);
}

/** Messages of runc's log lines of one level. */
function logged(stderr: string, level: string): string[] {
  const lines = stderr.matchAll(/level=(\w+) msg=("(?:[^"\\]|\\.)*"|\S+)/g);
  return [...lines]
    .filter((match) => match[1] === level)
    .map(([, , text = ""]) => (text.startsWith('"') ? (JSON.parse(text) as string) : text));
}

const RUN_FAILED = "runc run failed: ";

function runcAnswer(stderr: string): Answer {
  const failed = logged(stderr, "error").find((text) => text.startsWith(RUN_FAILED));
  const init = /^exec .*$/m.exec(stderr)?.[0];
  return toAnswer(failed?.slice(RUN_FAILED.length) ?? init, logged(stderr, "warning"));
}

/** crun writes its text alone; a program that got to run wrote to stdout, or is the probe naming the file it reads. */
function crunAnswer({ rc, stdout, stderr }: EdgeRow): Answer {
  const ran = rc === 0 || stdout !== "" || stderr.startsWith("status: ");
  return toAnswer(ran ? undefined : stderr, []);
}

const WITHOUT_SYS_RESOURCE = CAPABILITIES.filter((name) => name !== "CAP_SYS_RESOURCE");

/** What stands in the lab's root file system: programs in /bin, and a passwd file that nobody may execute. */
function execFacts(spec: OciSpec): ExecFacts {
  const program = spec.process?.args?.[0] ?? "";
  if (program.startsWith("/bin/")) return {};
  return { found: program.startsWith("/etc/") ? "notExecutable" : "absent" };
}

function* edgeCases(file: string, runtime: string, ociRuntime: OciRuntime): Iterable<GoldenCase> {
  const world: WorldFile = {
    node: { kernel: "6.18", capabilities: WITHOUT_SYS_RESOURCE },
    runtime: { ociRuntime },
  };
  const given: OciSeccomp[] = [];
  for (const row of goldenRows<EdgeRow>(file)) {
    if (row.runtime !== runtime) continue;
    // The cases of a recording ran one after the other on one host.
    const seccompCache = [...given];
    if (row.config.linux?.seccomp) given.push(row.config.linux.seccomp);
    const expected = ociRuntime.name === "crun" ? crunAnswer(row) : runcAnswer(row.stderr);
    yield {
      name: row.case,
      expected,
      predict: () =>
        predict(
          {
            spec: row.config,
            exec: execFacts(row.config),
            seccompCache,
            ...(row.notifyAgent === undefined ? { seccompAgent: "notListening" as const } : {}),
          },
          world,
          expected,
        ),
    };
  }
}

const STOCK_POLICY: SeLinuxPolicy = {
  types: ["tmp_t", "var_t", "etc_t"],
  roles: {
    system_r: ["kernel_t", "init_t", "unconfined_t"],
    unconfined_r: ["unconfined_t"],
    user_r: ["user_t"],
    staff_r: ["staff_t"],
  },
  users: {
    system_u: ["system_r"],
    unconfined_u: ["unconfined_r", "system_r"],
    staff_u: ["staff_r"],
    user_u: ["user_r"],
  },
};

/** Debian's policy has no types for containers; `labcontainer.cil` brings them. */
function labPolicy(): SeLinuxPolicy {
  const module = goldenText("lsm/labcontainer.cil");
  const types = [...module.matchAll(/^\s*\(type (\w+)\)/gm)].map(([, name = ""]) => name);
  const ofSystem = [...module.matchAll(/\(roletype system_r (\w+)\)/g)].map(
    ([, name = ""]) => name,
  );
  return {
    ...STOCK_POLICY,
    types: [...STOCK_POLICY.types, ...types],
    roles: {
      ...STOCK_POLICY.roles,
      system_r: [...(STOCK_POLICY.roles["system_r"] ?? []), ...ofSystem],
    },
  };
}

function loadedProfiles(): string[] {
  const text = goldenText("lsm/lab-profiles.apparmor");
  const names = [...text.matchAll(/^\s*profile\s+("[^"]+"|\S+)/gm)].map(([, name = ""]) =>
    name.replaceAll('"', ""),
  );
  return [...names, ":labns:lab-in-ns"];
}

function nodeOf(host: string): WorldFile["node"] {
  if (host === "apparmor") {
    return { kernel: "6.1", appArmor: true, appArmorProfiles: loadedProfiles() };
  }
  const seLinuxPolicy = host === "selinux" ? labPolicy() : STOCK_POLICY;
  return { kernel: "6.1", seLinux: true, seLinuxPolicy };
}

/** The lab's spec around the labels of a request; its other parts do not bear on them. */
function specOf({
  apparmorProfile,
  selinuxLabel,
  mountLabel,
  ...rest
}: LsmRow["request"]): OciSpec {
  return {
    process: {
      args: ["/bin/sh"],
      cwd: "/",
      user: rest.user ?? { uid: 0, gid: 0 },
      capabilities: { bounding: [], effective: [], permitted: [] },
      noNewPrivileges: rest.noNewPrivileges ?? false,
      ...(apparmorProfile === undefined ? {} : { apparmorProfile }),
      ...(selinuxLabel === undefined ? {} : { selinuxLabel }),
    },
    root: { path: "rootfs" },
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      { destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "strictatime"] },
    ],
    linux: {
      namespaces: [{ type: "pid" }, { type: "ipc" }, { type: "uts" }, { type: "mount" }],
      ...(mountLabel === undefined ? {} : { mountLabel }),
    },
  };
}

function* lsmCases(file: string, version: Release): Iterable<GoldenCase> {
  for (const row of goldenRows<LsmRow>(file)) {
    const world: WorldFile = {
      ...{ node: nodeOf(row.host) ?? {} },
      runtime: { ociRuntime: { name: "runc", version } },
    };
    yield {
      name: row.case,
      expected: toAnswer(runcAnswer(row.error ?? "").error, []),
      predict: () => predict({ spec: specOf(row.request) }, world),
    };
  }
}

const EDGES = [
  { runtime: "runc-1.1.5", file: "runc/runc-edge.jsonl", name: "runc", version: "1.1" },
  { runtime: "runc-1.3.6", file: "runc/runc-edge.jsonl", name: "runc", version: "1.3" },
  { runtime: "crun-1.28", file: "runc/crun-edge.jsonl", name: "crun", version: "1.28" },
] as const;
const LSMS = [
  { title: "1.1.5 apparmor", file: "lsm/runc-1.1.5-apparmor.jsonl", version: "1.1" },
  { title: "1.1.5 selinux", file: "lsm/runc-1.1.5-selinux.jsonl", version: "1.1" },
  {
    title: "1.1.5 selinux, Debian's policy",
    file: "lsm/runc-1.1.5-selinux-stockpolicy.jsonl",
    version: "1.1",
  },
  { title: "1.3.6 apparmor", file: "lsm/runc-1.3.6-apparmor.jsonl", version: "1.3" },
  { title: "1.3.6 selinux", file: "lsm/runc-1.3.6-selinux.jsonl", version: "1.3" },
] as const;

export const RUNC_SUITES: readonly GoldenSuite[] = [
  ...EDGES.map(({ runtime, file, name, version }) => ({
    system: name,
    version: runtime.slice(name.length + 1),
    cases: () => edgeCases(file, runtime, { name, version }),
  })),
  ...LSMS.map(({ title, file, version }) => ({
    system: "runc",
    version: title,
    cases: () => lsmCases(file, version),
  })),
];
