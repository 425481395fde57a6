// hostPath mounts with other mounts below them: read-only alone, recursively read-only, and what the host mounts later.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

const VOLUME = join(lab.folder, "volume");
mkdirSync(join(VOLUME, "in"), { recursive: true });

/** Runs the pod in a mount table of its own, after the shell commands in `before`. */
function run(pod: object, before: string): { code: number | null; stdout: string; stderr: string } {
  const command = `mount --make-rshared / && cd "$3" && ${before}
    cd - >/dev/null; exec "$1" --import tsx src/cli/cli.ts run - --image "oci:$2" --runtime containerd@2.1`;
  const images = join(lab.folder, "images");
  const { status, stdout, stderr } = spawnSync(
    "unshare",
    ["--mount", "sh", "-c", command, "sh", process.execPath, images, VOLUME],
    {
      env: { ...process.env, ...lab.environment },
      input: JSON.stringify(pod),
      encoding: "utf8",
    },
  );
  return { code: status, stdout, stderr };
}

function podWith(script: string, mounts: readonly object[]): object {
  return podOf(
    script,
    { volumes: [{ name: "v", hostPath: { path: VOLUME } }] },
    { volumeMounts: mounts.map((mount) => ({ name: "v", ...mount })) },
  );
}

test("read-only leaves what is mounted below writable, recursiveReadOnly does not", {
  skip,
}, () => {
  const script = "for d in a b c; do touch /$d/x /$d/in/x 2>&1; echo $d; done";
  const recursiveReadOnly = "Enabled";
  const pod = podWith(script, [
    { mountPath: "/a" },
    { mountPath: "/b", readOnly: true },
    { mountPath: "/c", readOnly: true, recursiveReadOnly, mountPropagation: "None" },
  ]);
  const { code, stdout, stderr } = run(pod, "mount -t tmpfs none in;");
  assert.equal(code, 0, stderr);
  const refused = (path: string): string => `c | touch: ${path}: Read-only file system`;
  assert.deepEqual(stdout.trim().split("\n"), [
    "c | a",
    ...[refused("/b/x"), "c | b"],
    ...[refused("/c/x"), refused("/c/in/x"), "c | c"],
  ]);
});

test("HostToContainer shows what the host mounts later, None does not", { skip }, () => {
  const script =
    "touch /late/up; until [ -e /late/in/seen ]; do sleep 0.1; done; ls /late/in /none/in";
  const pod = podWith(script, [
    { mountPath: "/none" },
    { mountPath: "/late", mountPropagation: "HostToContainer" },
  ]);
  // The file in the volume tells that the container runs.
  const later = "(until [ -e up ]; do sleep 0.1; done; mount -t tmpfs none in; touch in/seen) &";
  const { code, stdout, stderr } = run(pod, later);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "c | /late/in:\nc | seen\nc | \nc | /none/in:\n");
  assert.deepEqual(leftovers(lab), []);
});

test("Bidirectional shows the host what a privileged container mounts, and the others of its pod", {
  skip,
}, () => {
  const mounts = (mountPropagation?: string): object => ({
    volumeMounts: [
      { name: "v", mountPath: "/v", ...(mountPropagation ? { mountPropagation } : {}) },
    ],
  });
  const image = "demo/busybox:1";
  const waitFor = (path: string): string => `until [ -e ${path} ]; do sleep 0.1; done`;
  const pod = podOf("", {
    volumes: [{ name: "v", hostPath: { path: VOLUME } }],
    containers: [
      {
        ...{ name: "mounts", image, securityContext: { privileged: true } },
        ...mounts("Bidirectional"),
        command: [
          ...["sh", "-c"],
          `mount -t tmpfs none /v/in; touch /v/in/made; ${waitFor("/v/over")}; umount /v/in`,
        ],
      },
      {
        ...{ name: "sees", image, ...mounts("HostToContainer") },
        command: ["sh", "-c", `${waitFor("/v/in/made")}; echo seen; touch /v/other`],
      },
    ],
  });
  const host = `(${waitFor("in/made")}; ${waitFor("other")}; touch in/fromHost; ls in >seen; touch over) &`;
  const { code, stdout, stderr } = run(pod, `rm -f seen over other; ${host}`);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "sees   | seen\n");
  assert.equal(readFileSync(join(VOLUME, "seen"), "utf8"), "fromHost\nmade\n");
  assert.deepEqual(leftovers(lab), []);
});

test("Bidirectional where the host keeps its mounts to itself, and of a folder with secctx's own", {
  skip,
}, () => {
  const pod = (path: string): object =>
    podOf(
      "true",
      { volumes: [{ name: "v", hostPath: { path } }] },
      {
        securityContext: { privileged: true },
        volumeMounts: [{ name: "v", mountPath: "/v", mountPropagation: "Bidirectional" }],
      },
    );
  const kept = run(pod(VOLUME), "mount --make-rprivate /;");
  assert.equal(kept.code, 128);
  assert.match(
    kept.stderr.replaceAll(/\s+/g, " "),
    new RegExp(`: path "${VOLUME}" is mounted on "[^"]*" but it is not a shared mount `),
  );
  const whole = run(pod("/"), "");
  assert.equal(whole.code, 125);
  assert.match(
    whole.stderr,
    /^secctx: \/: the mounts of a folder that holds secctx's own cannot be shared$/m,
  );
  assert.deepEqual(leftovers(lab), []);
});
