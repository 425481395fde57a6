// Which daemon holds a pod's containers, written in the pod's place before the first is made: whoever removes what a killed run left asks there.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DaemonWay } from "./engine.ts";

export type DaemonPlace = Pick<DaemonWay, "engine" | "socket">;

/** @param data the pod's folder on a disk: a daemon keeps containers over a reboot @returns forgets it again */
export function recordDaemon(data: string, { engine, socket }: DaemonPlace): () => void {
  const file = fileIn(data);
  // The next secctx may be called in another folder.
  const record: DaemonPlace = { engine, socket: resolve(socket) };
  writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/** A pod whose containers are not known to be gone has one. */
export function hasDaemonRecord(data: string): boolean {
  return existsSync(fileIn(data));
}

/** undefined for a pod that no daemon runs. */
export function readDaemonRecord(data: string): DaemonPlace | undefined {
  if (!hasDaemonRecord(data)) return undefined;
  return JSON.parse(readFileSync(fileIn(data), "utf8")) as DaemonPlace;
}

/** No volume has a name with a dot. */
function fileIn(data: string): string {
  return join(data, "daemon.json");
}
