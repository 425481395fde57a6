// No file of the host becomes a standard stream of a container: crun gives those to the container's user, /dev/null too.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, closeSync, openSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { findProgram } from "../../src/node/programs.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const lab = makeLab();
chmodSync(lab.folder, 0o711);
after(() => removeLab(lab));

/** Its own /dev/null in place of the host's, so that a failure does no harm. */
const APART = 'mount --bind "$1" /dev/null && shift && exec "$@"';
const device = join(lab.folder, "null");

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

function runApart(pod: object, runtime: string, input: string): Promise<Ran> {
  const file = join(lab.folder, "pod.json");
  writeFileSync(file, JSON.stringify(pod));
  const stdin = openSync(input, "r+");
  const child = spawn(
    "unshare",
    [
      ...["--mount", "sh", "-c", APART, "sh", device, process.execPath, "--import", "tsx"],
      ...["src/cli/cli.ts", "run", file, "--image", `oci:${join(lab.folder, "images")}`],
      ...["--oci-runtime", runtime, "--no-prefix", "--until", "completed"],
    ],
    { env: { ...process.env, ...lab.environment }, stdio: [stdin, "pipe", "pipe"] },
  );
  closeSync(stdin);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}

const PROBE = { exec: { command: ["true"] }, periodSeconds: 1 };
const SCRIPT = 'read -r line; echo "got:$line"; sleep 2';

for (const runtime of ["runc", "crun"]) {
  const skip = cannotRun() ?? (findProgram(runtime) ? false : `needs ${runtime}`);
  for (const hostUsers of [true, false]) {
    for (const stdin of [true, false]) {
      test(`${runtime}, hostUsers: ${hostUsers}, stdin: ${stdin}`, { skip }, async () => {
        spawnSync("rm", ["-f", device]);
        assert.equal(spawnSync("mknod", ["-m", "666", device, "c", "1", "3"]).status, 0);
        const input = join(lab.folder, "input");
        writeFileSync(input, "a line\n", { mode: 0o600 });
        const context = { runAsUser: 1000, runAsGroup: 1000 };
        const pod = podOf(
          SCRIPT,
          { hostUsers, securityContext: context },
          {
            stdin,
            readinessProbe: PROBE,
            lifecycle: { postStart: { exec: { command: ["true"] } } },
          },
        );
        const { code, output } = await runApart(pod, runtime, input);
        assert.equal(code, 0, output);
        assert.match(output, stdin ? /^got:a line$/m : /^got:$/m);
        for (const file of [device, input, "/dev/null"]) {
          const { uid, gid } = statSync(file);
          assert.deepEqual({ file, uid, gid }, { file, uid: 0, gid: 0 });
        }
        assert.deepEqual(leftovers(lab), []);
      });
    }
  }
}

for (const runtime of ["runc", "crun"]) {
  const skip = cannotRun() ?? (findProgram(runtime) ? false : `needs ${runtime}`);
  test(`${runtime}: a program may open its streams by name, and its exit code is the pod's`, {
    skip,
  }, async () => {
    const script = "echo out >/dev/stdout; echo err >/dev/stderr; cat /dev/stdin; exit 6";
    const probe = { exec: { command: ["sh", "-c", "echo probed >/dev/stdout"] } };
    const pod = podOf(
      script,
      { securityContext: { runAsUser: 1000 } },
      { lifecycle: { postStart: probe } },
    );
    const { code, stdout, stderr } = await runCommand(lab, pod, ["--oci-runtime", runtime]);
    assert.equal(code, 6, stderr);
    assert.match(stdout, /^c \| out$/m);
    assert.match(stderr, /^c \| err$/m);
    assert.doesNotMatch(stderr, /FailedPostStartHook/);
  });

  test(`${runtime}: all output of a container that ends at once`, { skip }, async () => {
    const script = "head -c 3000000 /dev/zero | tr '\\0' x; exit 5";
    const words = ["--oci-runtime", runtime, "--no-prefix"];
    const { code, stdout } = await runCommand(lab, podOf(script), words);
    assert.equal(stdout.length, 3_000_000);
    assert.equal(code, 5);
  });
}
