import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { DeadlineExceeded, Patience } from "../patience.ts";
import { ctr } from "./ctr.ts";

const folder = mkdtempSync(join(tmpdir(), "secctx-ctr-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("a ctr that gets no answer ends when the daemon's time is over", async () => {
  const patience = new Patience(50);
  const call = ctr({ socket: "/x.sock", patience }, ["images", "rm", "a"], {
    program: program("hangs", "exec sleep 1000"),
  });
  await assert.rejects(call, (error: Error) => {
    assert.ok(error instanceof DeadlineExceeded);
    assert.equal(
      error.message,
      "the runtime at /x.sock does not answer: context deadline exceeded",
    );
    return true;
  });
});

test("its refusal is told in its words", async () => {
  const options = { program: program("refuses", "echo no such thing >&2; exit 1") };
  await assert.rejects(
    ctr({ socket: "/x.sock", patience: new Patience() }, ["images", "rm", "a"], options),
    { message: "ctr images rm: no such thing" },
  );
});

test("it is called with the socket and CRI's namespace", async () => {
  const check = '[ "$*" = "--address /x.sock --namespace k8s.io images import f" ]';
  const options = { program: program("takes", check) };
  await ctr({ socket: "/x.sock", patience: new Patience() }, ["images", "import", "f"], options);
});
