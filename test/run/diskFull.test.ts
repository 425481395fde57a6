// A full disk, be it that of the pod's state or of the images: one sentence, no stack, nothing left.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, makeLab, podOf, removeLab } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

/** Runs a pod with `folder` on a tmpfs of so many bytes, in a mount table of its own. @returns also what lies there later */
function onSmallDisk(
  variable: string,
  size: string,
): { code: number; said: string; left: string[] } {
  const folder = join(lab.folder, `small-${size}`);
  mkdirSync(folder);
  const script = `
    mount -t tmpfs -o "size=$1" none "$2" || exit 99
    export ${variable}="$2/it"
    "$3" --import tsx src/cli/cli.ts run - --image "oci:$4" 2>&1; code=$?
    echo "left: $(find "$2/it" -mindepth 2 -not -path '*/runtimes.json' | tr '\\n' ' ')"
    exit $code`;
  const ran = spawnSync(
    "unshare",
    [
      "--mount",
      "sh",
      "-c",
      script,
      "sh",
      size,
      folder,
      process.execPath,
      join(lab.folder, "images"),
    ],
    {
      env: { ...process.env, ...lab.environment },
      input: JSON.stringify(podOf("echo ran")),
      encoding: "utf8",
    },
  );
  const [said = "", left = ""] = ran.stdout.split(/^left: /m);
  return {
    code: ran.status ?? -1,
    said,
    left: left.split(" ").filter((word) => word.trim() !== ""),
  };
}

test("no room for the pod's state", { skip }, () => {
  const { code, said, left } = onSmallDisk("SECCTX_STATE_DIR", "4k");
  assert.equal(code, 125, said);
  assert.match(said, /^secctx: \w+(?: \S+)?: no space left on device$/m);
  assert.doesNotMatch(said, /^ +at /m);
  assert.deepEqual(left, []);
});

test("room for some of it only: the runtime has no word left", { skip }, () => {
  const { code, said, left } = onSmallDisk("SECCTX_STATE_DIR", "16k");
  assert.ok(code === 125 || code === 128, said);
  assert.match(said.replace(/\s+/g, " "), /no space left on device/);
  assert.doesNotMatch(said, /^ +at /m);
  assert.deepEqual(left, []);
});

test("no room for the image: as containerd and the kubelet say it", { skip }, () => {
  const { code, said, left } = onSmallDisk("SECCTX_CACHE_DIR", "500k");
  assert.equal(code, 125, said);
  assert.match(
    said.replace(/\s+/g, " "),
    /Failed to pull image "demo\/busybox:1": rpc error: code = Unknown desc = failed to pull and unpack image "docker.io\/demo\/busybox:1": write: no space left on device/,
  );
  assert.deepEqual(left, []);
});
