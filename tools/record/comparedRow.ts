// What of a record counts when two recordings are held against each other: the recordings' READMEs, "What is compared".

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { OciSpec } from "../../src/core/model/oci.ts";
import { comparedSpec } from "../../test/goldens/ociCompared.ts";

export type Row = Readonly<Record<string, unknown>>;

/** `file` is where the row stands: large seccomp profiles stand beside it. */
export function comparedRow(row: Row, file: string): unknown {
  return "stage" in row ? comparedRun(row, file) : comparedAnswer(row);
}

/** Everything else, for the reader's eye. */
export function restOfRow(row: Row): unknown {
  const { engine: _engine, ociSpec: _spec, sandboxOciSpec: _sandbox, error: _error, ...rest } = row;
  return "stage" in row ? withoutChance(rest) : undefined;
}

/** A library's answer counts whole; of YAML's errors only the line; what carries the library's version does not. */
function comparedAnswer(row: Row): unknown {
  if (row["check"] !== undefined) {
    const { name: _name, versions: _versions, files: _files, live: _live, ...fixture } = row;
    return fixture;
  }
  const lineOf = (error: unknown) =>
    typeof error === "string" ? (/line \d+/.exec(error)?.[0] ?? "refused") : error;
  if (row["kind"] === undefined) return row;
  return { ...row, error: lineOf(row["error"]), strictError: lineOf(row["strictError"]) };
}

function comparedRun(row: Row, file: string): unknown {
  const observed = row["observed"] as Row | undefined;
  const without = row["withoutSysResource"] as Row | undefined;
  return {
    stage: row["stage"] === "exited" ? "ok" : row["stage"],
    error: comparedError(row["error"]),
    sandboxOciSpec: specOf(row["sandboxOciSpec"], file),
    ociSpec: specOf(row["ociSpec"], file),
    containerStatusUser: row["containerStatusUser"],
    hostProcStatus: observed?.["hostProcStatus"],
    inside: insideOf(observed?.["inside"] as Row | undefined),
    ...(without === undefined ? {} : { withoutSysResource: comparedRun(without, file) }),
  };
}

/**
 * The machine's own devices have the machine's modes and owners. Additional groups count as a set: dockerd 20.10 draws
 * their order.
 */
function specOf(recorded: unknown, file: string): object | undefined {
  const spec = withProfile(recorded as OciSpec | undefined, file);
  if (spec === undefined) return undefined;
  const devices = spec.linux?.devices?.map(({ path, type, major, minor }) => [
    path,
    type,
    major,
    minor,
  ]);
  const user = spec.process?.user;
  const groups = user?.additionalGids?.toSorted((a, b) => a - b);
  const compared = comparedSpec(spec, "") as Row & { readonly process: Row };
  return {
    ...compared,
    devices,
    process: { ...compared.process, user: { ...user, additionalGids: groups } },
  };
}

/** Puts back the profile that a `$ref` names. */
function withProfile(spec: OciSpec | undefined, file: string): OciSpec | undefined {
  const ref = (spec?.linux?.seccomp as { readonly $ref?: string } | undefined)?.$ref;
  if (spec === undefined || ref === undefined) return spec;
  const [name = "", hash = ""] = ref.split("#");
  const path = join(dirname(file), `${name}.gz`);
  if (!existsSync(path)) throw new Error(`${file} refers to ${name}, which is not there`);
  const profiles = JSON.parse(gunzipSync(readFileSync(path)).toString("utf8"));
  return { ...spec, linux: { ...spec.linux, seccomp: profiles[hash] } };
}

/** What the status lines of the plain, setuid and file-capability programs say. */
function insideOf(inside: Row | undefined): Row | undefined {
  if (inside === undefined) return undefined;
  const { self, suid, fcap, fcapraw } = inside;
  return { self, suid, fcap, fcapraw };
}

/** Without ids, random numbers and folders. */
function comparedError(error: unknown): unknown {
  if (typeof error !== "string") return error;
  return error
    .replaceAll(/\/[^\s:]*containerd-mount\d+/g, "<MOUNT>")
    .replaceAll(/\/[^\s,="]*\/snapshots\/\d+\//g, "<SNAPSHOT>/")
    .replaceAll(/\/\S*\/<ID>\/rootfs/g, "<BUNDLE>/rootfs")
    .replaceAll(/\/\S*\/netns\/[0-9a-f]+/g, "<NETNS>")
    .replaceAll(/\/proc\/\d+\//g, "/proc/<PID>/");
}

/** Process ids, names and counts of what the machine then had are chance. */
const CHANCE = ["attrCurrent", "devcount", "hostn", "Hostname", "ociSpec", "pid"];

function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !CHANCE.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutChance(inner)]));
}
