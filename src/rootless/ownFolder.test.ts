import assert from "node:assert/strict";
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { EngineError } from "../node/errors.ts";
import { ownFolder } from "./ownFolder.ts";

test("a folder of the user's own is made or taken; a link, a file and another's are refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-own-"));
  const at = (name: string): string => join(folder, name);
  const refused = (name: string): void =>
    assert.throws(
      () => ownFolder(at(name)),
      new EngineError(
        `${at(name)} is not this user's own folder: tell another place by SECCTX_STATE_DIR`,
      ),
    );
  try {
    assert.equal(ownFolder(at("new/own")), at("new/own"));
    assert.equal(statSync(at("new/own")).mode & 0o777, 0o700);
    assert.equal(ownFolder(at("new/own")), at("new/own"));
    symlinkSync(at("new/own"), at("link"));
    refused("link");
    writeFileSync(at("file"), "");
    refused("file");
    if (process.getuid?.() === 0) {
      mkdirSync(at("another"));
      chownSync(at("another"), 65534, 65534);
      refused("another");
    }
    assert.throws(() => ownFolder(at("file/below")), /^Error: cannot make the pod's folders: /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
