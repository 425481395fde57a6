// subPath against containers that mean harm, on every engine: symlinks out of the volume, and such as are put there just then.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, removeLab, runCommand, start } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
after(() => removeLab(lab));

/** The host's: no container may see or change what is in it. */
const OUTSIDE = join(lab.folder, "outside");
mkdirSync(OUTSIDE);
chmodSync(OUTSIDE, 0o777);
chmodSync(lab.folder, 0o755);
writeFileSync(join(OUTSIDE, "secret"), "of the host\n");

const image = "demo/busybox:1";
const MEDIA = { disk: {}, memory: { medium: "Memory" } } as const;

function podWith(medium: keyof typeof MEDIA, spec: object): object {
  return {
    ...{ apiVersion: "v1", kind: "Pod", metadata: { name: "t" } },
    spec: {
      ...{ restartPolicy: "Never", terminationGracePeriodSeconds: 0 },
      volumes: [{ name: "v", emptyDir: MEDIA[medium] }],
      ...spec,
    },
  };
}

const prepare = /^failed to prepare subPath for volumeMount "v" of container "c\d"$/;
const create = /^failed to create subPath directory for volumeMount "v" of container "c\d"$/;
const shell = (script: string): readonly string[] => ["sh", "-c", script];
const whole = [{ name: "v", mountPath: "/v" }];

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  for (const medium of ["disk", "memory"] as const) {
    test(`${engine}, ${medium}: symlinks that an init container has left`, options, async () => {
      const make = `cd /v; mkdir real; echo ok >real/file; ln -s real inside; ln -s .. up
        ln -s ${OUTSIDE} away; ln -s ../../../../../../../../..${OUTSIDE} climbs; ln -s loop loop`;
      const rows: readonly (readonly [mount: object, expected: RegExp | string])[] = [
        [{ subPath: "inside/file" }, "ok"],
        [{ subPath: "inside/new" }, "0 0 (?:1777|777)"],
        [{ subPath: "away" }, prepare],
        [{ subPath: "away/new" }, create],
        [{ subPath: "climbs" }, prepare],
        [{ subPath: "up" }, prepare],
        [{ subPath: "loop" }, prepare],
        [
          { subPathExpr: "$(UP)" },
          /unable to provision SubPath `\.\.\/x`: must not contain '\.\.'/,
        ],
        [
          { subPathExpr: "a/$(UP)" },
          /unable to provision SubPath `a\/\.\.\/x`: must not contain '\.\.'/,
        ],
        [{ subPathExpr: "$(ROOT)" }, /error SubPath `\/etc` must not be an absolute path/],
      ];
      const env = [
        { name: "UP", value: "../x" },
        { name: "ROOT", value: "/etc" },
      ];
      const script = "if [ -d /p ]; then stat -c '%u %g %a' /p; else cat /p; fi";
      const containers = rows.map(([mount], index) => ({
        ...{ name: `c${index}`, image, command: shell(script), env },
        volumeMounts: [{ name: "v", mountPath: "/p", ...mount }],
      }));
      const initContainers = [{ name: "i", image, command: shell(make), volumeMounts: whole }];
      const pod = podWith(medium, { initContainers, containers });
      const words = ["--engine", engine, "-o", "json", "--timeout", "60"];
      const { stdout, stderr } = await runCommand(lab, pod, words);
      const answer = JSON.parse(stdout);
      for (const [index, [mount, expected]] of rows.entries()) {
        const found = answer.containers.find(({ name }: { name: string }) => name === `c${index}`);
        const told = JSON.stringify(mount);
        if (typeof expected === "string") {
          assert.match(found.logs, new RegExp(`^(?:${expected})\n$`), `${told}\n${stderr}`);
          continue;
        }
        assert.equal(found.state.waiting?.reason, "CreateContainerConfigError", told);
        assert.match(found.state.waiting.message, expected, told);
      }
      assert.deepEqual(readdirSync(OUTSIDE), ["secret"]);
      assert.deepEqual(leftovers(lab), []);
    });

    test(`${engine}, ${medium}: a symlink put there while containers start`, options, async () => {
      // Of rename(2)'s exchange busybox knows nothing: for a moment nothing stands there.
      const swap = `cd /v; mkdir part was; ln -s ${OUTSIDE} link; touch /v/up
        while :; do mv part was/dir; mv link part; mv part link; mv was/dir part; done`;
      const look = "ls -A /p; touch /p/mark; exit 3";
      const containers = [
        { name: "c", image, command: shell("exit 0") },
        ...Array.from({ length: 6 }, (_, index) => ({
          ...{ name: `c${index}`, image, command: shell(look) },
          volumeMounts: [{ name: "v", mountPath: "/p", subPath: "part" }],
        })),
      ];
      const initContainers = [
        {
          ...{ name: "swaps", image, restartPolicy: "Always", command: shell(swap) },
          ...{ volumeMounts: whole, startupProbe: { exec: { command: ["test", "-e", "/v/up"] } } },
        },
      ];
      const pod = podWith(medium, { initContainers, containers });
      const words = ["--engine", engine, "-o", "json", "--timeout", "60"];
      const { stdout } = await start(lab, pod, words).ended;
      const answer = JSON.parse(stdout);
      for (const { name, logs, state } of answer.containers) {
        if (!/^c\d$/.test(name)) continue;
        assert.doesNotMatch(logs, /secret/);
        if (state.waiting === undefined) continue;
        assert.match(
          state.waiting.message,
          /^failed to (?:create subPath directory|prepare subPath) /,
        );
      }
      assert.deepEqual(readdirSync(OUTSIDE), ["secret"]);
      assert.deepEqual(leftovers(lab), []);
    });
  }
}
