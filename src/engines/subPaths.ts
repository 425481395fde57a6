// A subPath held still: what was found there is bound to a place of secctx's own, where no container can swap it.
//
// @see kubernetes v1.37.2 pkg/volume/util/subpath/subpath_linux.go doBindSubPath
import { closeSync, fstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ContainerMount, ContainerRefusal } from "./engine.ts";

/** The mounts with their sources as they are to be told to the runtime. */
export interface HeldMounts {
  readonly mounts: readonly ContainerMount[];
  /** A place that cannot be opened any more, in the kubelet's words. */
  readonly refusal?: ContainerRefusal;
}

export interface Hold {
  /** Made here when there is something to hold: one place below it for each. */
  readonly folder: string;
  /** Bind mounts the open file on the place, and not what is mounted below it. */
  readonly bind: (file: string, place: string) => void | Promise<void>;
}

/** For one start of a container. @throws EngineError where this machine does not let secctx mount */
export async function holdSubPaths(
  asked: readonly ContainerMount[],
  { folder, bind }: Hold,
): Promise<HeldMounts> {
  const mounts: ContainerMount[] = [];
  for (const [index, mount] of asked.entries()) {
    if (mount.subPath === undefined) {
      mounts.push(mount);
      continue;
    }
    let fd: number;
    try {
      fd = mount.subPath.open();
    } catch (error) {
      return { mounts, refusal: { step: "create", message: (error as Error).message } };
    }
    try {
      const place = join(folder, String(index));
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      // A file is enough for everything else that may stand there.
      if (fstatSync(fd).isDirectory()) mkdirSync(place);
      else writeFileSync(place, "");
      await bind(`/proc/${process.pid}/fd/${fd}`, place);
      mounts.push({ ...mount, host_path: place });
    } catch (error) {
      // A container may have removed it meanwhile: nothing can be bound any more then.
      if (fstatSync(fd).nlink > 0) throw error;
      return { mounts, refusal: { step: "create", message: mount.subPath.notPrepared } };
    } finally {
      closeSync(fd);
    }
  }
  return { mounts };
}
