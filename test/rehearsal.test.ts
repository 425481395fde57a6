// What the build rehearses a run with: the snapshot then holds, compiled, what a run of a hardened pod calls.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { canRehearse, rehearsal } from "../tools/build/rehearsal.mjs";

const skip = canRehearse() && existsSync("dist/command.run.blob") ? false : "no run was rehearsed";

const POD = `apiVersion: v1
kind: Pod
metadata: {name: hardened}
spec:
  restartPolicy: Never
  securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: app
      image: rehearsal:1
      command: ["true"]
      securityContext:
        readOnlyRootFilesystem: true
        allowPrivilegeEscalation: false
        capabilities: {drop: [ALL]}
      volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes:
    - {name: tmp, emptyDir: {}}
`;

/** Functions that are not in the snapshot are compiled at their first call. Some are rare: an error's, say. */
const FEW = 10;

test("a hardened pod's run calls few functions that are not compiled yet", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-rehearsed-"));
  const { calls, env: cache, remove } = rehearsal();
  try {
    const pod = join(folder, "pod.yaml");
    const log = join(folder, "v8.log");
    writeFileSync(pod, POD);
    const telling = ["--log-function-events", "--no-logfile-per-isolate", `--logfile=${log}`];
    const own = launcherFlags();
    const flags = [...own, ...telling];
    const blob = join(folder, "run.blob");
    writeFileSync(blob, ofFlags(readFileSync("dist/command.run.blob"), own, flags));
    const [, , ...rest] = calls[0] ?? [];
    const words = [...flags, "--snapshot-blob", blob, "dist/secctx.cjs", "run", pod, ...rest];
    const env = { ...withoutOptions(), ...cache };
    const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const compiled = compiledBeside("runPod", readFileSync(log, "utf8"));
    assert.ok(compiled.length < FEW, `${compiled.length}: ${compiled.join(" ")}`);
  } finally {
    remove();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Those with which the launcher starts it. */
function launcherFlags(): string[] {
  const launcher = readFileSync("dist/secctx.cjs", "latin1");
  const [, flags = ""] = /group=run flags='([^']+)'/.exec(launcher) ?? [];
  return flags.split(" ");
}

/** The snapshot says of which flags it is, and Node starts from no other. */
function ofFlags(blob: Buffer, own: readonly string[], flags: readonly string[]): Buffer {
  const at = blob.subarray(0, 256).indexOf(tagOf(own));
  assert.notEqual(at, -1, own.join(" "));
  tagOf(flags).copy(blob, at);
  return blob;
}

function tagOf(flags: readonly string[]): Buffer {
  const code = "process.stdout.write(String(v8.cachedDataVersionTag()))";
  const words = [...flags, "-e", code];
  const { stdout } = spawnSync(process.execPath, words, {
    env: withoutOptions(),
    encoding: "utf8",
  });
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(Number(stdout));
  return bytes;
}

/** Names of the functions for which V8 made bytecode, of the script where a function is. */
function compiledBeside(name: string, log: string): string[] {
  const events = log.split("\n").map((line) => {
    const [, event, script, from, , , , called] = line.split(",");
    return { event, script, from, called };
  });
  const script = events.find(({ called }) => called === name)?.script;
  assert.notEqual(script, undefined);
  return events
    .filter((one) => one.event === "interpreter" && one.script === script)
    .map(({ called, from }) => called || `at ${from}`);
}

function withoutOptions(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  return env;
}
