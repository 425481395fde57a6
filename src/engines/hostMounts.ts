// Mounts of a pod's volumes where a daemon runs the containers: in the host's mount table, the only one that it sees.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import type { ContainerRequest, TmpfsMount } from "./engine.ts";
import { type HeldMounts, holdSubPaths } from "./subPaths.ts";

/** @throws EngineError in mount's words; what was mounted before is unmounted by `unmountBelow` */
export function mountTmpfs(mounts: readonly TmpfsMount[]): void {
  for (const { target, options } of mounts) {
    const flags = options.length === 0 ? [] : ["-o", options.join(",")];
    mount(["-t", "tmpfs", ...flags, "tmpfs", target]);
  }
}

/** For one start of a container. @param data the pod's folder on a disk. @throws EngineError in mount's words */
export function holdOnHost(data: string, request: ContainerRequest): Promise<HeldMounts> {
  return holdSubPaths(request.mounts, {
    folder: subPathFolder(data, request),
    bind: (file, place) => mount(["--no-canonicalize", "--bind", file, place]),
  });
}

export function releaseOnHost(data: string, request: ContainerRequest): void {
  if (request.mounts.some(({ subPath }) => subPath)) unmountBelow(subPathFolder(data, request));
}

/** Where the kubelet has them too. */
function subPathFolder(data: string, { name, attempt }: ContainerRequest): string {
  return join(data, "volume-subpaths", `${name}-${attempt}`);
}

function mount(words: readonly string[]): void {
  const { status, stderr } = spawnSync(needProgram("mount"), words, { encoding: "utf8" });
  if (status !== 0) throw new EngineError(stderr.trim());
}

/**
 * Unmounts everything below a folder, the innermost first.
 * @returns what is mounted all the same: below it are files of the host, which nobody may remove
 */
export function unmountBelow(folder: string): readonly string[] {
  for (const target of mountsBelow(folder).reverse()) {
    spawnSync(needProgram("umount"), ["-l", "--", target], { stdio: "ignore" });
  }
  return mountsBelow(folder);
}

function mountsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const above = `${realpathSync(folder)}/`;
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => plainPath(line.split(" ")[4] ?? ""))
    .filter((target) => target.startsWith(above));
}

/** mountinfo writes blanks and backslashes as octal numbers. */
export function plainPath(written: string): string {
  return written.replace(/\\(\d{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
