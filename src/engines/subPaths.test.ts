// What a container removes between the look and the bind is refused; a machine that cannot mount is told as it is.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { EngineError } from "../node/errors.ts";
import type { ContainerMount } from "./engine.ts";
import { holdSubPaths } from "./subPaths.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-sub-paths-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const NOT_PREPARED = 'failed to prepare subPath for volumeMount "v" of container "c"';

function asked(part: string): ContainerMount {
  mkdirSync(part, { recursive: true });
  const open = (): number => openSync(part, "r");
  const subPath = { volume: folder, open, notPrepared: NOT_PREPARED };
  return { container_path: "/p", host_path: part, subPath };
}

function bind(): never {
  throw new EngineError("mount: mount(2) system call failed: No such file or directory.");
}

test("a folder that is removed before it is bound", async () => {
  const part = join(folder, "removed");
  const held = await holdSubPaths([asked(part)], {
    folder: join(folder, "held"),
    bind() {
      rmSync(part, { recursive: true });
      bind();
    },
  });
  assert.deepEqual(held, { mounts: [], refusal: { step: "create", message: NOT_PREPARED } });
});

test("a folder that stays: mount's own words", async () => {
  const mounts = [asked(join(folder, "stays"))];
  await assert.rejects(holdSubPaths(mounts, { folder: join(folder, "beside"), bind }), EngineError);
});
