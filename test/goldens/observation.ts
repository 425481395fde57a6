// The recordings of running containers against the observation predicted from their OCI specs.
import { compare } from "../../src/core/compare/compare.ts";
import { predictObservation } from "../../src/core/compare/predictObservation.ts";
import { kernel } from "../../src/core/kernel/kernel.ts";
import {
  NAMESPACE_NAMES,
  type NamespaceName,
  type NamespaceSharing,
  type Observation,
} from "../../src/core/model/observation.ts";
import type { OciSpec } from "../../src/core/model/oci.ts";
import type { World } from "../../src/core/model/world.ts";
import { withoutNulls } from "../../src/core/rules/withoutNulls.ts";
import type { GoldenCase, GoldenSuite } from "../golden.ts";
import { goldenRows } from "../golden.ts";
import { casesRecorded, RECORDINGS, statusOf, withoutSysResource, worldOf } from "./kernel.ts";

interface Proc {
  readonly status: Readonly<Record<string, string>>;
  readonly ns: Readonly<Record<string, NamespaceSharing>>;
  readonly rootfs: "ro" | "rw";
  readonly maskedPaths: readonly string[];
  readonly readonlyPaths: readonly string[];
}
interface Running {
  readonly name?: string;
  readonly oci?: OciSpec | null;
  readonly proc?: Proc | null;
}
interface DockershimRow {
  readonly name: string;
  readonly containers: readonly Running[];
  readonly sandbox?: Running | null;
}

/** A difference is what the door finds between prediction and observation; the recorded truth is that there is none. */
function compared(
  name: string,
  spec: OciSpec,
  sandboxSpec: OciSpec | undefined,
  world: World,
  observed: Observation,
): GoldenCase {
  return {
    name,
    expected: [],
    predict: () => {
      const { status } = kernel({ spec }, world).out;
      if (status === undefined) return "no status";
      const joined = sandboxSpec === undefined ? {} : { sandboxSpec };
      const predicted = predictObservation({ spec, status, ...joined });
      return compare({ predicted, observed }, world).out.differences;
    },
  };
}

function* dockershimCases(): Iterable<GoldenCase> {
  const rows = goldenRows<DockershimRow>("dockershim-1.23.17/dockershim.jsonl");
  const world = worldOf("dockershim", "20.10", "plain");
  const running = rows.flatMap((row) => [
    ...(row.sandbox === undefined || row.sandbox === null ? [] : [row.sandbox]),
    ...row.containers,
  ]);
  const present = new Set(
    running.flatMap(({ proc }) => [...(proc?.maskedPaths ?? []), ...(proc?.readonlyPaths ?? [])]),
  );
  for (const row of rows) {
    const sandboxSpec = row.sandbox?.oci ?? undefined;
    const members = [{ ...row.sandbox, name: "sandbox" }, ...row.containers];
    for (const { name, oci, proc } of members) {
      if (oci === undefined || oci === null || proc === undefined || proc === null) continue;
      const spec = withoutSysResource(withoutNulls(oci));
      const observed: Observation = {
        status: statusOf(proc.status),
        rootReadOnly: proc.rootfs === "ro",
        maskedPaths: proc.maskedPaths,
        readonlyPaths: proc.readonlyPaths,
        absentPaths: asked(spec).filter((path) => !present.has(path)),
        namespaces: proc.ns,
      };
      const joined = name === "sandbox" ? undefined : sandboxSpec;
      yield compared(`${row.name} ${name}`, spec, joined, world, observed);
    }
  }
}

function* engineCases(recording: (typeof RECORDINGS)[number]): Iterable<GoldenCase> {
  const rows = [...casesRecorded(recording)];
  const seen = rows.map(({ observed }) => mountedOver(observed.procSysMounts ?? []));
  const present = new Set(seen.flatMap(({ masked, readOnly }) => [...masked, ...readOnly]));
  for (const [index, { name, spec, sandboxSpec, observed, world }] of rows.entries()) {
    const { masked = [], readOnly = [] } = seen[index] ?? {};
    yield compared(name, spec, sandboxSpec, world, {
      status: statusOf(observed.hostProcStatus ?? {}),
      rootReadOnly: /^ro\b/.test(observed.rootMount ?? ""),
      maskedPaths: masked,
      readonlyPaths: readOnly,
      absentPaths: asked(spec).filter((path) => !present.has(path)),
      namespaces: sharings(observed.nsVsHost ?? {}, observed.nsVsSandbox ?? {}),
    });
  }
}

function asked({ linux }: OciSpec): readonly string[] {
  return [...(linux?.maskedPaths ?? []), ...(linux?.readonlyPaths ?? [])];
}

/** `/proc/keys rw,nosuid tmpfs root=/null` (in a user namespace devtmpfs), `/sys/firmware ro,relatime tmpfs`, `/proc/bus ro,… proc root=/bus`. */
function mountedOver(mounts: readonly string[]): { masked: string[]; readOnly: string[] } {
  const masked: string[] = [];
  const readOnly: string[] = [];
  for (const mount of mounts) {
    const [path = "", options = "", type = "", root = ""] = mount.split(" ");
    if (!/^\/(proc|sys)\/./.test(path) || path.startsWith("/sys/fs/")) continue;
    const isReadOnly = options.split(",").includes("ro");
    if (root === "root=/null" || (type === "tmpfs" && isReadOnly)) masked.push(path);
    else if (isReadOnly && root !== "") readOnly.push(path);
  }
  return { masked, readOnly };
}

/** Without a sandbox to compare with, only the host's namespaces can be told from the others. */
function sharings(
  host: Readonly<Record<string, string>>,
  sandbox: Readonly<Record<string, string>>,
): Partial<Record<NamespaceName, NamespaceSharing>> {
  const found: Partial<Record<NamespaceName, NamespaceSharing>> = {};
  for (const name of NAMESPACE_NAMES) {
    if (host[name] === "same") found[name] = "host";
    else if (sandbox[name] === "same") found[name] = "sandbox";
    else if (sandbox[name] !== undefined) found[name] = "own";
  }
  return found;
}

export const OBSERVATION_SUITES: readonly GoldenSuite[] = [
  { system: "observation", version: "dockershim 1.23.17", cases: dockershimCases },
  ...RECORDINGS.map((recording) => ({
    system: "observation",
    version: recording.title,
    cases: () => engineCases(recording),
  })),
];
