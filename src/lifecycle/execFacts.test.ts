import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { execFacts } from "./execFacts.ts";

test("the file that is executed, found as a process inside the root finds it", (t) => {
  if (process.getuid?.() !== 0) return t.skip("needs root: files of uid 0");
  const rootfs = mkdtempSync(join(tmpdir(), "secctx-exec-"));
  t.after(() => rmSync(rootfs, { recursive: true }));
  mkdirSync(join(rootfs, "bin"));
  for (const [name, text] of [
    ["plain", "binary"],
    ["suid", "binary"],
    ["script", "#! /bin/suid -x\n"],
    ["loop", "#!/bin/loop\n"],
  ] as const) {
    writeFileSync(join(rootfs, "bin", name), text);
    chmodSync(join(rootfs, "bin", name), name === "suid" ? 0o4755 : 0o755);
  }
  symlinkSync("/bin/suid", join(rootfs, "bin/absolute"));
  symlinkSync("../../../../bin/suid", join(rootfs, "bin/climbing"));
  symlinkSync("circle", join(rootfs, "bin/circle"));
  const rows: readonly [command: string, facts: object][] = [
    ["plain", {}],
    ["/bin/plain", {}],
    ["suid", { setuid: true }],
    ["./suid", { setuid: true }],
    ["absolute", { setuid: true }],
    ["climbing", { setuid: true }],
    ["script", { setuid: true }],
    ["circle", {}],
    ["loop", {}],
    ["missing", {}],
    ["/etc/passwd", {}],
  ];
  for (const [command, facts] of rows) {
    const question = { rootfs, args: [command], env: ["PATH=/usr/bin:/bin"], cwd: "/bin" };
    assert.deepEqual(execFacts(question), facts, command);
  }
});
