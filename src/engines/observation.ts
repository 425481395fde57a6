// What the tracer copied of a container's process → the Observation that is compared with the prediction.
import { readlinkSync } from "node:fs";
import {
  NAMESPACE_NAMES,
  type NamespaceName,
  type NamespaceSharing,
  type Observation,
} from "../core/model/observation.ts";
import type { OciSpec } from "../core/model/oci.ts";
import type { ProcStatus } from "../core/model/proc.ts";
import { toAttempt } from "./attempts.ts";
import type { ContainerRequest } from "./engine.ts";
import type { Asked } from "./tracer.ts";

/** Links of /proc/PID/ns (`net:[4026531840]`) to compare with. */
export type NamespaceLinks = Readonly<Partial<Record<NamespaceName, string>>>;

/** The paths that a container's spec masks or makes read-only: where to look. */
function askedPaths(spec: OciSpec | null): string[] {
  const { maskedPaths = [], readonlyPaths = [] } = spec?.linux ?? {};
  return [...new Set([...maskedPaths, ...readonlyPaths])].sort();
}

/** What a probe asks of a container's process. */
export function askedOf({ spec, tries = [] }: Pick<ContainerRequest, "spec" | "tries">): Asked {
  return { paths: askedPaths(spec), tries };
}

/** @param directory `/proc/PID/ns` */
export function namespaceLinks(directory: string): NamespaceLinks {
  const found: { -readonly [K in keyof NamespaceLinks]: NamespaceLinks[K] } = {};
  for (const name of NAMESPACE_NAMES) {
    try {
      found[name] = readlinkSync(`${directory}/${name}`);
    } catch {
      // This kernel has no such namespace, or the process is gone.
    }
  }
  return found;
}

const NULL_DEVICE = 0x103;
const FILE_TYPE = 0o170000;
const CHARACTER_DEVICE = 0o020000;

/**
 * @param copied the tracer's file: keys and values, each ended by NUL
 * @param asked paths that the container's spec masks or makes read-only, and what was tried
 */
export function toObservation(
  copied: string,
  { paths, tries }: Asked,
  { host, sandbox }: { readonly host: NamespaceLinks; readonly sandbox: NamespaceLinks },
): Observation {
  const parts = copied.split("\0");
  const values = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    values.set(parts[index] ?? "", parts[index + 1] ?? "");
  }
  const mounts = parseMountinfo(values.get("mountinfo") ?? "");
  const masked: string[] = [];
  const readonly: string[] = [];
  const absent: string[] = [];
  for (const path of paths) {
    const [mode, device] = (values.get(`path:${path}`) ?? "absent").split(" ");
    const mount = mounts.get(path);
    if (mode === "absent") absent.push(path);
    else if (mount === undefined) continue;
    else if (isMasked(mount, Number(mode), Number(device))) masked.push(path);
    else if (mount.readOnly) readonly.push(path);
  }
  return {
    status: parseStatus(values.get("status") ?? ""),
    rootReadOnly: mounts.get("/")?.readOnly === true,
    maskedPaths: masked.sort(),
    readonlyPaths: readonly.sort(),
    absentPaths: absent.sort(),
    namespaces: Object.fromEntries(
      NAMESPACE_NAMES.flatMap((name) => {
        const link = values.get(`ns:${name}`);
        return link === undefined ? [] : [[name, sharing(link, host[name], sandbox[name])]];
      }),
    ),
    ...(tries.length === 0
      ? {}
      : { attempts: tries.map((name) => toAttempt(name, values.get(`try:${name}`))) }),
  };
}

function sharing(
  link: string,
  host: string | undefined,
  sandbox: string | undefined,
): NamespaceSharing {
  if (link === host) return "host";
  return link === sandbox ? "sandbox" : "own";
}

interface Mount {
  readonly type: string;
  readonly root: string;
  readonly readOnly: boolean;
}

/** The uppermost mount of each place. */
function parseMountinfo(text: string): Map<string, Mount> {
  const mounts = new Map<string, Mount>();
  for (const line of text.split("\n")) {
    const [before = "", after = ""] = line.split(" - ");
    const [, , , root = "", target, options = ""] = before.split(" ");
    if (target === undefined) continue;
    const [type = ""] = after.split(" ");
    mounts.set(unoctal(target), { type, root, readOnly: options.split(",").includes("ro") });
  }
  return mounts;
}

/** mountinfo writes blanks and backslashes as octal numbers. */
function unoctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** A file hides behind the null device, a directory behind an empty read-only tmpfs. */
function isMasked(mount: Mount, mode: number, device: number): boolean {
  if ((mode & FILE_TYPE) === CHARACTER_DEVICE) return device === NULL_DEVICE;
  return mount.type === "tmpfs" && mount.root === "/" && mount.readOnly;
}

function parseStatus(text: string): ProcStatus {
  function line(name: string): string {
    const found = new RegExp(`^${name}:[ \\t]*(.*)$`, "m").exec(text)?.[1] ?? "";
    return found.trim().replace(/\s+/g, " ");
  }
  return {
    Uid: line("Uid"),
    Gid: line("Gid"),
    Groups: line("Groups"),
    CapInh: line("CapInh"),
    CapPrm: line("CapPrm"),
    CapEff: line("CapEff"),
    CapBnd: line("CapBnd"),
    CapAmb: line("CapAmb"),
    NoNewPrivs: line("NoNewPrivs"),
    Seccomp: line("Seccomp"),
  };
}
