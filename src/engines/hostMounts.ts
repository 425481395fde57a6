// Memory-backed volumes where a daemon runs the containers: mounted in the host's mount table, the only one that it sees.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import type { ContainerMount, TmpfsMount } from "./engine.ts";

/** @throws EngineError in mount's words; what was mounted before is unmounted by `unmountBelow` */
export function mountTmpfs(mounts: readonly TmpfsMount[]): void {
  for (const { target, options } of mounts) {
    const flags = options.length === 0 ? [] : ["-o", options.join(",")];
    const { status, stderr } = spawnSync(
      needProgram("mount"),
      ["-t", "tmpfs", ...flags, "tmpfs", target],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new EngineError(stderr.trim());
  }
}

export function unmountTmpfs(mounts: readonly TmpfsMount[]): void {
  unmount(mounts.map(({ target }) => target));
}

/** Unmounts everything below a folder, the innermost first. */
export function unmountBelow(folder: string): void {
  const targets = readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((target) => target.startsWith(`${folder}/`));
  unmount(targets.reverse());
}

function unmount(targets: readonly string[]): void {
  for (const target of targets) {
    spawnSync(needProgram("umount"), ["-l", "--", target], { stdio: "ignore" });
  }
}

/** The directories of volumes that could only be made once their file system was mounted. */
export function createInVolumes(mounts: readonly ContainerMount[]): void {
  for (const { create } of mounts) {
    if (create !== undefined) mkdirSync(create.path, { recursive: true, mode: create.mode });
  }
}
