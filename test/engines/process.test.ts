// What a container's first process finds: no signal ignored, no descriptor but its three streams, none of secctx's variables.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
after(() => removeLab(lab));

/** `ls` itself opens the folder that it lists. */
const SCRIPT = `grep -E 'SigIgn|SigBlk' /proc/self/status; ls /proc/self/fd | wc -l
env | cut -d = -f 1 | sort | tr '\\n' ' '; echo; cat; echo "warned" >&2; exit 3`;
const SAID = ["SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "4"];

for (const engine of ["oci", "docker", "cri"] as const) {
  test(`${engine}: a process as its runtime makes it, the first container's and another's`, {
    skip: skips[engine],
    timeout: 240_000,
  }, async () => {
    // The one that starts first is started otherwise than the rest.
    const pod = podOf(SCRIPT) as { spec: { containers: { name: string }[] } };
    const [first] = pod.spec.containers;
    pod.spec.containers.push({ ...first, name: "d" });
    const { code, stdout, stderr } = await runCommand(lab, pod, ["--engine", engine]);
    assert.equal(code, 3, stderr);
    for (const { name } of pod.spec.containers) {
      const prefix = `${name} | `;
      const lines = stdout.split("\n").filter((line) => line.startsWith(prefix));
      const said = lines.map((line) => line.slice(prefix.length).trimEnd());
      assert.deepEqual(said.slice(0, 3), SAID, stdout);
      assert.equal(said[3], "HOME HOSTNAME PATH PWD SHLVL");
      assert.match(stderr + stdout, new RegExp(`^${name} \\| warned$`, "m"));
    }
    assert.deepEqual(leftovers(lab), []);
  });
}
