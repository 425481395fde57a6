// The first process of a shared process namespace is nobody: from within a pod it leads to nothing of the host's.
import assert from "node:assert/strict";
import { openSync } from "node:fs";
import { after, test } from "node:test";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

/** What a container that may trace every process of its pod sees of the first. */
const LOOKS = [
  "echo $(tr '\\0' ' ' </proc/1/cmdline)",
  "ls -A /proc/1/root",
  "touch /proc/1/root/here 2>&1 | sed 's/.*: //'",
  "grep -E '^(Uid|Gid|CapEff|CapPrm|NoNewPrivs):' /proc/1/status | tr '\\t' ' '",
  "ls /proc/1/fd",
  "wc -c </proc/1/environ",
  "wc -l </proc/1/mountinfo",
  "(sleep 0.1 &); sleep 0.5; grep -l '^State:.Z' /proc/[0-9]*/status",
  "kill -TERM 1; sleep 0.1; kill -KILL 1; sleep 0.1; echo it lives",
];

const SEEN = [
  "/pause",
  "Read-only file system",
  "Uid: 65535 65535 65535 65535",
  "Gid: 65535 65535 65535 65535",
  "NoNewPrivs: 1",
  "CapPrm: 0000000000000000",
  "CapEff: 0000000000000000",
  ...["0", "1", "2", "0", "1", "it lives"],
];

for (const runtime of ["runc", "crun"]) {
  test(`${runtime}: what a pod finds at the first process of its namespace`, { skip }, async () => {
    // As of a shell that leaves files open.
    openSync("/etc/hostname", "r");
    const pod = podOf(
      LOOKS.join("; "),
      { shareProcessNamespace: true },
      { securityContext: { capabilities: { add: ["SYS_PTRACE", "DAC_READ_SEARCH"] } } },
    );
    const { stdout, stderr } = await runCommand(lab, pod, ["-q", "--oci-runtime", runtime]);
    const lines = stdout
      .trim()
      .replaceAll(/^c \| /gm, "")
      .split("\n");
    assert.deepEqual(lines.toSorted(), SEEN.toSorted(), stderr);
  });
}
