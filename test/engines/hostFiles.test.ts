// secctx killed while a subPath of the host's is mounted, its folders with a blank and behind a symlink: the host's files stay.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { cannotRun, makeLab, podOf, removeLab, secctx, start } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
after(() => removeLab(lab));

const real = join(lab.folder, "real folder");
mkdirSync(real);
symlinkSync("real folder", join(lab.folder, "link"));
// runc takes no root file system behind a symlink.
const state = join(real, "state");
const cache = join(lab.folder, "link/cache");
const here = { ...lab, environment: { SECCTX_STATE_DIR: state, SECCTX_CACHE_DIR: cache } };

const host = join(lab.folder, "host");
mkdirSync(join(host, "part/deep"), { recursive: true });
writeFileSync(join(host, "part/deep/file"), "kept");
writeFileSync(join(host, "alone"), "kept too");

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  for (const killed of ["secctx", "secctx and its sandbox"] as const) {
    if (engine !== "oci" && killed !== "secctx") continue;
    test(`${engine}: kill -9 of ${killed}`, options, async () => {
      const volumes = [
        { name: "h", hostPath: { path: host } },
        { name: "m", emptyDir: { medium: "Memory" } },
      ];
      const volumeMounts = [
        { name: "h", mountPath: "/part", subPath: "part" },
        { name: "h", mountPath: "/alone", subPath: "alone" },
        { name: "m", mountPath: "/m", subPath: "x" },
      ];
      const script = "cat /part/deep/file /alone; touch /m/x; echo up; sleep 1000";
      const running = start(here, podOf(script, { volumes }, { volumeMounts }), [
        "--engine",
        engine,
      ]);
      await Promise.race([
        running.printed("up"),
        running.ended.then(({ stderr }) => assert.fail(stderr)),
      ]);
      running.process.kill("SIGKILL");
      if (killed !== "secctx") for (const pid of holders()) process.kill(pid, "SIGKILL");
      await running.ended;
      if (killed === "secctx") await setTimeout(1500);
      const pruned = await secctx(here, ["prune"]);
      assert.equal(pruned.code, 0, pruned.stderr);
      const left = (): string[] => [state, join(cache, "pods")].flatMap((one) => readdirSync(one));
      for (let round = 0; round < 100 && left().length > 0; round += 1) await setTimeout(100);
      assert.deepEqual(left(), []);
      assert.equal(readFileSync(join(host, "part/deep/file"), "utf8"), "kept");
      assert.equal(readFileSync(join(host, "alone"), "utf8"), "kept too");
      assert.doesNotMatch(readFileSync("/proc/self/mountinfo", "utf8"), /real\\040folder/);
    });
  }
}

/** Processes that hold a sandbox of this test. */
function holders(): number[] {
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return words[3] === "secctx-sandbox" && words[4]?.startsWith(state) === true
        ? [Number(pid)]
        : [];
    } catch {
      return [];
    }
  });
}
