import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { stateRoot } from "./podPlace.ts";

test("state lies where the user says, else in /run, else in the user's own runtime folder or below /tmp", () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-place-"));
  try {
    const { uid } = statSync(folder);
    const another = uid + 1;
    assert.equal(stateRoot({ SECCTX_STATE_DIR: "/x", XDG_RUNTIME_DIR: folder }, another), "/x");
    assert.equal(stateRoot({ XDG_RUNTIME_DIR: folder }, 0), "/run/secctx");
    if (uid !== 0)
      assert.equal(stateRoot({ XDG_RUNTIME_DIR: folder }, uid), join(folder, "secctx"));
    const below = join(tmpdir(), `secctx-${another}`);
    // As after `su`: the folder is another user's.
    assert.equal(stateRoot({ XDG_RUNTIME_DIR: folder }, another), below);
    assert.equal(stateRoot({ XDG_RUNTIME_DIR: join(folder, "none") }, another), below);
    assert.equal(stateRoot({ XDG_RUNTIME_DIR: "run" }, another), below);
    assert.equal(stateRoot({}, another), below);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
