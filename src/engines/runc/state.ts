// What a pod that runs here leaves on disk, so that whoever finds it later knows whether its owner still lives.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the pods of this machine are written down: SECCTX_STATE_DIR, else /run/secctx, which a reboot empties as it does processes. */
export function stateRoot(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const told = environment["SECCTX_STATE_DIR"];
  return told === undefined || told === "" ? "/run/secctx" : told;
}

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessId {
  readonly pid: number;
  /** Clock ticks since boot, as /proc/PID/stat has it. */
  readonly startTime: string;
}

/** The file `state.json`: written before anything else of the pod is made, so that nothing is ever made unrecorded. */
export interface PodState {
  readonly id: string;
  readonly pod: { readonly name: string; readonly namespace: string };
  /** The secctx that runs it. */
  readonly owner: ProcessId;
  readonly boot: string;
  /** Writable layers and volumes, on a disk. */
  readonly data: string;
  /** Directories of the pod in every cgroup hierarchy. */
  readonly cgroups: readonly string[];
}

const FILE = "state.json";

export function writeState(directory: string, state: PodState): void {
  mkdirSync(directory, { recursive: true, mode: 0o711 });
  const beside = join(directory, `${FILE}.new`);
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, join(directory, FILE));
}

/** undefined where there is no state or half of one. */
export function readState(directory: string): PodState | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, FILE), "utf8")) as PodState;
  } catch {
    return undefined;
  }
}

/** Every pod's directory under the state root, living or left behind. */
export function podDirectories(root: string = stateRoot()): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, entry.name));
  } catch {
    return [];
  }
}

/** undefined when there is no such process, or only its corpse. */
export function processId(pid: number | "self"): ProcessId | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The command in brackets may hold spaces and brackets itself; the fields behind the last one are plain.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  return { pid: Number(text.slice(0, text.indexOf(" "))), startTime: fields[19] ?? "" };
}

export function isAlive(process: ProcessId, boot: string): boolean {
  return boot === bootId() && processId(process.pid)?.startTime === process.startTime;
}

export function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}
