// The recordings of the kernel: /proc/PID/status of containers against the prediction from their recorded OCI specs.

import { kernel } from "../../src/core/kernel/kernel.ts";
import type { ExecFacts } from "../../src/core/model/credentials.ts";
import type { OciIDMapping, OciSpec } from "../../src/core/model/oci.ts";
import type { ProcStatus } from "../../src/core/model/proc.ts";
import type { Release } from "../../src/core/model/version.ts";
import type { RuntimeName, World, WorldFile } from "../../src/core/model/world.ts";
import { mappingsOf } from "../../src/core/rules/ociRuntime.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import { CAPABILITIES } from "../../src/core/tables/capabilities.ts";
import { type GoldenCase, type GoldenSuite, goldenJson, goldenRows } from "../golden.ts";

const FIELDS = [
  "Uid",
  "Gid",
  "Groups",
  "CapInh",
  "CapPrm",
  "CapEff",
  "CapBnd",
  "CapAmb",
  "NoNewPrivs",
  "Seccomp",
] as const;

/** The binaries that the container's shell ran (RUNTIMES.md, `observed.inside`). */
const PROBES: Readonly<Record<string, ExecFacts>> = {
  self: {},
  suid: { setuid: true },
  fcap: { fileCapabilities: "cap_net_bind_service+ep" },
  fcapraw: { fileCapabilities: "cap_net_raw+ep" },
};

export interface Observed {
  readonly hostProcStatus?: Readonly<Record<string, string>>;
  readonly nsVsHost?: Readonly<Record<string, string>>;
  readonly nsVsSandbox?: Readonly<Record<string, string>>;
  readonly rootMount?: string;
  readonly procSysMounts?: readonly string[];
  readonly inside?: Readonly<Record<string, string>>;
}
interface Row {
  readonly case: string;
  readonly host?: string;
  readonly ociSpec?: OciSpec;
  readonly sandboxOciSpec?: OciSpec;
  readonly observed?: Observed | null;
  readonly withoutSysResource?: { readonly ociSpec: OciSpec; readonly observed: Observed };
}

/** RUNTIMES.md: "everything except CAP_SYS_RESOURCE"; the LSM hosts have the full set. */
const WITHOUT_SYS_RESOURCE = CAPABILITIES.filter((name) => name !== "CAP_SYS_RESOURCE");

const HOSTS: Readonly<Record<string, WorldFile["node"]>> = {
  plain: { kernel: "6.18", capabilities: WITHOUT_SYS_RESOURCE },
  lsm: { kernel: "6.1" },
};

export function worldOf(name: RuntimeName, version: Release, host: string): World {
  return composeWorld({ runtime: { name, version }, node: HOSTS[host] ?? {} });
}

interface RecordedProcess {
  readonly name: string;
  readonly spec: OciSpec;
  readonly sandboxSpec: OciSpec | undefined;
  readonly observed: Observed;
  readonly world: World;
}

/** Every container of a recording that was seen running. */
export function* casesRecorded(recording: Recording): Iterable<RecordedProcess> {
  const { file, runtime, version, host } = recording;
  const world = worldOf(runtime, version, host);
  const profiles = new Map<string, Readonly<Record<string, unknown>>>();
  for (const row of goldenRows<Row>(file)) {
    const { ociSpec, observed } = row.withoutSysResource ?? row;
    if (ociSpec === undefined || observed?.hostProcStatus === undefined) continue;
    const capped = row.withoutSysResource === undefined ? ociSpec : withoutSysResource(ociSpec);
    yield {
      name: row.host === undefined ? row.case : `${row.case} on ${row.host}`,
      spec: expandSeccomp(capped, file, profiles),
      sandboxSpec: row.sandboxOciSpec,
      observed,
      world,
    };
  }
}

function* casesOf(recording: Recording): Iterable<GoldenCase> {
  const probes = Object.keys(PROBES);
  for (const { name, spec, observed, world } of casesRecorded(recording)) {
    const { hostProcStatus = {}, inside } = observed;
    yield {
      name,
      expected: {
        host: statusOf(hostProcStatus),
        ...(inside === undefined
          ? {}
          : Object.fromEntries(probes.map((probe) => [probe, parseInside(inside[probe])]))),
      },
      predict: () => ({
        host: kernel({ spec }, world).out.status,
        ...(inside === undefined
          ? {}
          : Object.fromEntries(probes.map((probe) => [probe, predictInside(spec, probe, world)]))),
      }),
    };
  }
}

/** The runc wrapper of docker 20.10's recordings took this one capability out of every set. */
export function withoutSysResource(spec: OciSpec): OciSpec {
  const sets = Object.entries(spec.process?.capabilities ?? {}).map(([set, names]) => [
    set,
    (names as readonly string[]).filter((name) => name !== "CAP_SYS_RESOURCE"),
  ]);
  return { ...spec, process: { ...spec.process, capabilities: Object.fromEntries(sets) } };
}

/** Large profiles are recorded once, beside the rows. */
function expandSeccomp(
  spec: OciSpec,
  file: string,
  profiles: Map<string, Readonly<Record<string, unknown>>>,
): OciSpec {
  const reference = (spec.linux?.seccomp as { $ref?: string } | undefined)?.$ref;
  if (reference === undefined) return spec;
  const [name = "", hash = ""] = reference.split("#");
  const path = `${file.slice(0, file.lastIndexOf("/"))}/${name}`;
  if (!profiles.has(path)) profiles.set(path, goldenJson(path) as Record<string, unknown>);
  return {
    ...spec,
    linux: { ...spec.linux, seccomp: profiles.get(path)?.[hash] as never },
  };
}

export function statusOf(status: Readonly<Record<string, string>>): ProcStatus {
  const picked = FIELDS.map((field) => [field, (status[field] ?? "").replace(/\s+/g, " ").trim()]);
  return Object.fromEntries(picked) as unknown as ProcStatus;
}

/** `Uid: 0 0 0 0;Gid: …;`; a missing line is an exec that the kernel refused. */
function parseInside(line: string | undefined): ProcStatus | "refused" {
  if (line === undefined) return "refused";
  const pairs = line.split(";").map((part) => {
    const colon = part.indexOf(":");
    return [part.slice(0, colon), part.slice(colon + 1)] as const;
  });
  return statusOf(Object.fromEntries(pairs));
}

function predictInside(spec: OciSpec, probe: string, world: World): ProcStatus | "refused" {
  const { status } = kernel({ spec, exec: [{}, PROBES[probe] ?? {}] }, world).out;
  if (status === undefined) return "refused";
  const { uidMappings, gidMappings } = mappingsOf(spec);
  return {
    ...status,
    Uid: toInside(status.Uid, uidMappings),
    Gid: toInside(status.Gid, gidMappings),
    Groups: toInside(status.Groups, gidMappings),
  };
}

function toInside(ids: string, mappings: readonly OciIDMapping[] | undefined): string {
  if (mappings === undefined || ids === "") return ids;
  return ids
    .split(" ")
    .map(Number)
    .map((id) => {
      const line = mappings.find(({ hostID, size }) => id >= hostID && id < hostID + size);
      return line === undefined ? 65534 : id - line.hostID + line.containerID;
    })
    .join(" ");
}

export interface Recording {
  readonly title: string;
  readonly file: string;
  readonly runtime: RuntimeName;
  readonly version: Release;
  /** Key of HOSTS. */
  readonly host: string;
}
export const RECORDINGS: readonly Recording[] = [
  ...(["1.6.20", "1.7.24", "2.1.9"] as const).map((full) => ({
    title: `containerd ${full}`,
    file: `containerd/containerd-${full}.jsonl`,
    runtime: "containerd" as const,
    version: minorOf(full),
    host: "plain",
  })),
  ...(["20.10.24", "26.1.5", "28.5.2"] as const).map((full) => ({
    title: `docker ${full}`,
    file: `docker/docker-${full}.jsonl`,
    runtime: "docker" as const,
    version: minorOf(full),
    host: "plain",
  })),
  ...(["apparmor", "apparmor-variants", "selinux", "selinux-variants"] as const).flatMap((lsm) => [
    lsmRecording("containerd", "1.6.20", lsm),
    lsmRecording("docker", "20.10.24", lsm),
  ]),
  lsmRecording("containerd", "2.1.9", "apparmor"),
  lsmRecording("containerd", "2.1.9", "selinux"),
];

function lsmRecording(runtime: "containerd" | "docker", full: string, lsm: string): Recording {
  const title = `${runtime} ${full} ${lsm}`;
  const file = `lsm/${runtime}-${full}-${lsm}.jsonl`;
  return { title, file, runtime, version: minorOf(full), host: "lsm" };
}

function minorOf(full: string): Release {
  return full.split(".").slice(0, 2).join(".") as Release;
}

export const KERNEL_SUITES: readonly GoldenSuite[] = RECORDINGS.map((recording) => ({
  system: "kernel",
  version: recording.title,
  cases: () => casesOf(recording),
}));
