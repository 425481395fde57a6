// A CRI runtime writes a container's log whether anybody reads it or not: what is too much to be read late is told.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { lacksContainerd, startContainerd } from "../daemons.ts";
import { makeLab, podOf, removeLab, start } from "../run/run.ts";

const skip = lacksContainerd() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const SCRIPT = `echo begin
until [ -e /v/go ]; do sleep 0.1; done
yes $(printf %01000d 0) | head -c 80000000
echo; echo end; touch /v/done`;

test("cri: output that nobody read in time is told where it is missing, and at the end", {
  ...{ skip, timeout: 240_000 },
}, async () => {
  const daemon = await startContainerd();
  try {
    const environment = {
      ...lab.environment,
      CONTAINER_RUNTIME_ENDPOINT: `unix://${daemon.socket}`,
    };
    const volume = join(lab.folder, "v");
    mkdirSync(volume);
    const pod = podOf(
      SCRIPT,
      { volumes: [{ name: "v", hostPath: { path: volume } }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    );
    const running = start({ ...lab, environment }, pod, ["--engine", "cri", "--no-prefix"]);
    await running.printed("begin\n");
    running.process.kill("SIGSTOP");
    writeFileSync(join(volume, "go"), "");
    while (!existsSync(join(volume, "done"))) await setTimeout(100);
    running.process.kill("SIGCONT");
    const { code, stdout, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^begin\n0{1000}\n/);
    assert.match(stdout, /\nend\n$/);
    const here =
      /^secctx: (\d+) MiB of the runtime's log are missing here: it came faster than it could be read$/m;
    const atEnd =
      /^secctx: of the logs of c (\d+) MiB \(as the runtime writes them\) are missing: it came faster than it could be read$/m;
    const [, lost] = here.exec(stderr) ?? [];
    assert.equal(atEnd.exec(stderr)?.[1], lost, stderr.slice(-1000));
    // What is there and what is missing are all of it: 40 bytes of each line are the runtime's.
    const whole = (80_000_000 / 1001) * 1041;
    const read = (stdout.length / 1001) * 1041;
    assert.ok(Math.abs(whole - read - Number(lost) * 2 ** 20) < 2 ** 21, `${lost} MiB`);
  } finally {
    await daemon.stop();
  }
});
