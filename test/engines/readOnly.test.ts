// Read-only mounts on every engine and release: what is mounted below them, by each value of recursiveReadOnly; a subPath leaves it out.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findProgram } from "../../src/node/programs.ts";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
// It unmounts what is below the lab's folder.
after(() => removeLab(lab));

const path = join(lab.folder, "volume");
before(() => {
  mkdirSync(join(path, "in"), { recursive: true });
  if (cannotRun() !== undefined) return;
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "none", join(path, "in")]);
  assert.equal(status, 0, String(stderr));
  writeFileSync(join(path, "in/mounted"), "");
});

const NOT_SUPPORTED =
  'failed to resolve recursive read-only mode: volume "v" requested recursive read-only mode, but it is not supported by the runtime';

/** Of a runtime that can, of one that cannot, and of a Kubernetes that does not know the field. */
const RESULTS = {
  can: { Disabled: "alone", IfPossible: "all", Enabled: "all" },
  cannot: { Disabled: "alone", IfPossible: "alone", Enabled: NOT_SUPPORTED },
  unknown: { Disabled: "alone", IfPossible: "alone", Enabled: "alone" },
} as const;

const noCrun = findProgram("crun") === undefined && "no crun: apt-get install crun";
const RUNS = [
  ["oci", ["--runtime", "containerd@2.1"], "can", skips.oci],
  ["oci", ["--runtime", "containerd@2.1", "--oci-runtime", "crun"], "can", skips.oci || noCrun],
  ["oci", ["--runtime", "containerd@1.7"], "cannot", skips.oci],
  ["oci", ["--kubernetes", "1.29"], "unknown", skips.oci],
  ["docker", [], "cannot", skips.docker],
  ["cri", [], "cannot", skips.cri],
] as const;

for (const [engine, words, result, skip] of RUNS) {
  for (const value of [undefined, "Disabled", "IfPossible", "Enabled"] as const) {
    const name = `${[engine, ...words].join(" ")}: recursiveReadOnly ${value ?? "not told"}`;
    test(name, { skip, timeout: 240_000 }, async () => {
      const recursive = value === undefined ? {} : { recursiveReadOnly: value };
      const volumeMounts = [{ name: "v", mountPath: "/v", readOnly: true, ...recursive }];
      const volumes = [{ name: "v", hostPath: { path } }];
      const pod = podOf(
        "exec 2>&1; touch /v/x; touch /v/in/x; ls /v/in",
        { volumes },
        { volumeMounts },
      );
      const ran = await runCommand(lab, pod, ["--engine", engine, "-o", "json", ...words]);
      const [{ logs, state }] = JSON.parse(ran.stdout).containers;
      const expected = RESULTS[result][value ?? "Disabled"];
      if (expected === NOT_SUPPORTED) {
        const reason = "CreateContainerConfigError";
        assert.deepEqual(state, { waiting: { reason, message: NOT_SUPPORTED } });
        return;
      }
      const refused = (place: string): string => `touch: ${place}: Read-only file system\n`;
      const below = expected === "all" ? refused("/v/in/x") : "";
      assert.equal(logs.replace("x\n", ""), `${refused("/v/x")}${below}mounted\n`);
    });
  }
}

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  test(
    `${engine}: of a subPath only itself is mounted, as the kubelet binds it`,
    options,
    async () => {
      const volumeMounts = [
        { name: "v", mountPath: "/part", subPath: "./" },
        { name: "v", mountPath: "/made", subPath: "made/deep", readOnly: true },
      ];
      const volumes = [{ name: "v", hostPath: { path } }];
      const script = "exec 2>&1; ls /part /part/in; touch /made/x";
      const pod = podOf(script, { volumes }, { volumeMounts });
      const ran = await runCommand(lab, pod, ["--engine", engine, "-o", "json"]);
      const [{ logs }] = JSON.parse(ran.stdout).containers;
      const expected = "/part:\nin\nmade\n\n/part/in:\ntouch: /made/x: Read-only file system\n";
      assert.equal(logs, expected);
    },
  );
}
