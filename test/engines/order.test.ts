// What people read of a pod stands in the order in which it happened: a container's start before its first word.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, makeLab, podOf, removeLab } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() };
const lab = makeLab();
after(() => removeLab(lab));

for (const engine of ["oci", "docker", "cri"] as const) {
  test(`${engine}: no container speaks before its Started event`, {
    skip: skips[engine],
  }, async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const containers = names.map((name) => ({
      ...{ name, image: "demo/busybox:1", command: ["echo", "here"] },
    }));
    const file = join(lab.folder, "pod.json");
    writeFileSync(file, JSON.stringify(podOf("", { containers })));
    const screen = join(lab.folder, "screen");
    const open = openSync(screen, "w");
    const images = ["--image", `oci:${join(lab.folder, "images")}`];
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "src/cli/cli.ts", "run", file, ...images, "--engine", engine],
      { env: { ...process.env, ...lab.environment }, stdio: ["ignore", open, open] },
    );
    const code = await new Promise((resolve) => child.on("close", resolve));
    closeSync(open);
    const text = readFileSync(screen, "utf8");
    assert.equal(code, 0, text);
    // One after the other, as the kubelet tells them.
    const told = [...text.matchAll(/^ {2}(Pulled|Created|Started) +([a-f]): /gm)];
    assert.deepEqual(
      told.map(([, reason, name]) => `${name} ${reason}`),
      names.flatMap((name) => ["Pulled", "Created", "Started"].map((one) => `${name} ${one}`)),
    );
    for (const name of names) {
      const started = text.search(new RegExp(`Started +${name}: Container started`));
      const said = text.indexOf(`${name} | here`);
      assert.ok(started >= 0 && said > started, `${name}: ${text}`);
    }
  });
}
