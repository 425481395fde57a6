// Volumes in memory on every engine: secret, projected and downwardAPI are tmpfs as the kubelet mounts them, and no disk sees them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { after, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, secctx, start } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
after(() => removeLab(lab));

/** Not written as it is anywhere, the manifest on standard input included. */
const HIDDEN = "c2VjY3R4LWhpZGRlbi10ZXh0";
const TEXT = Buffer.from(HIDDEN, "base64").toString();

const VOLUMES = [
  { name: "keys", secret: { secretName: "keys", defaultMode: 0o400 } },
  { name: "all", projected: { sources: [{ secret: { name: "keys" } }] } },
  { name: "me", downwardAPI: { items: [{ path: "n", fieldRef: { fieldPath: "metadata.name" } }] } },
  { name: "room", emptyDir: { medium: "Memory", sizeLimit: "5Mi" } },
  { name: "settings", configMap: { name: "settings" } },
];
const VOLUME_MOUNTS = [
  ...["keys", "all", "me", "settings"].map((name) => ({ name, mountPath: `/m/${name}` })),
  { name: "room", mountPath: "/m/room/part", subPath: "a/b" },
  { name: "keys", mountPath: "/m/one", subPath: "k" },
];
const OBJECTS = [
  { apiVersion: "v1", kind: "Secret", metadata: { name: "keys" }, data: { k: HIDDEN } },
  { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data: { a: "1" } },
];

/** `destination type options`, without what depends on the kernel. */
const SCRIPT = `sed -n 's,^[^ ]* \\(/m/[^ ]* [^ ]* [^ ]*\\).*,mount \\1,p' /proc/mounts
stat -c '%n %a %u:%g' /m/keys /m/all /m/me /m/room/part /m/settings; stat -L -c '%n %a' /m/keys/k
cat /m/keys/k /m/all/k /m/one | md5sum; cat /m/me/n; echo; touch /m/room/part/x; df -k /m/keys /m/room/part | awk '{print $2}'
echo up; sleep 1000`;

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  test(`${engine}: volumes in memory`, options, async () => {
    const { running, stdout } = await runIt(engine);
    const disk = onDisk();
    running.process.kill("SIGTERM");
    await running.ended;
    assert.deepEqual(disk, []);
    assert.deepEqual(leftovers(lab), []);
    check(stdout.split("\n"));
  });

  test(`${engine}: kill -9, then prune: nothing stays mounted`, options, async () => {
    const { running } = await runIt(engine);
    running.process.kill("SIGKILL");
    await running.ended;
    const pruned = await secctx(lab, ["prune"]);
    assert.equal(pruned.code, 0, pruned.stderr);
    // The sandbox's own end and prune's may come at once.
    const end = Date.now() + 20_000;
    while (leftovers(lab).length > 0 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(leftovers(lab), []);
  });
}

function check(lines: readonly string[]): void {
  const mounts = new Map(lines.flatMap((line) => (line.startsWith("mount ") ? [split(line)] : [])));
  for (const [place, size, isReadOnly] of [
    ...["keys", "all", "me", "one"].map((name) => [`/m/${name}`, "65536k", true] as const),
    ["/m/room/part", "5120k", false] as const,
  ]) {
    const [type, words = ""] = mounts.get(place) ?? [];
    assert.equal(type, "tmpfs", place);
    const told = words.split(",");
    assert.equal(told[0], isReadOnly ? "ro" : "rw", place);
    for (const word of ["relatime", `size=${size}`]) assert.ok(told.includes(word), words);
    for (const word of ["nosuid", "nodev", "noexec"]) assert.ok(!told.includes(word), words);
  }
  assert.notEqual(mounts.get("/m/settings")?.[0], "tmpfs");
  const looks = lines.filter((line) => line.startsWith("/m/"));
  assert.deepEqual(looks, [
    ...["/m/keys 3777 0:7", "/m/all 3777 0:7", "/m/me 3777 0:7"],
    ...["/m/room/part 3777 0:7", "/m/settings 2777 0:7", "/m/keys/k 440"],
  ]);
  const sum = createHash("md5").update(TEXT.repeat(3)).digest("hex");
  for (const line of [`${sum}  -`, "t"]) assert.ok(lines.includes(line), lines.join("\n"));
  assert.deepEqual(lines.slice(-5, -2), ["1K-blocks", "65536", "5120"]);
}

async function runIt(
  engine: string,
): Promise<{ readonly running: ReturnType<typeof start>; readonly stdout: string }> {
  const pod = podOf(
    SCRIPT,
    {
      ...{ volumes: VOLUMES, securityContext: { fsGroup: 7 }, terminationGracePeriodSeconds: 0 },
      automountServiceAccountToken: false,
    },
    { volumeMounts: VOLUME_MOUNTS, resources: { limits: { memory: "64Mi" } } },
  );
  const list = { apiVersion: "v1", kind: "List", items: [pod, ...OBJECTS] };
  const running = start(lab, list, ["--engine", engine, "--no-prefix"]);
  let stdout = "";
  running.process.stdout?.on("data", (text: string) => {
    stdout += text;
  });
  await Promise.race([
    running.printed("up\n"),
    running.ended.then(({ stderr }) => assert.fail(`it ended early: ${stderr}`)),
  ]);
  return { running, stdout };
}

function split(line: string): [place: string, rest: [type: string, options: string]] {
  const [, place = "", type = "", options = ""] = line.split(" ");
  return [place, [type, options]];
}

/** Files of the lab in which the secret stands, mounts left out. */
function onDisk(): string[] {
  const words = [lab.folder, "-xdev", "-type", "f", "-exec", "grep", "-laF", "--", TEXT, "{}", "+"];
  try {
    return (
      execFileSync("find", words, { encoding: "utf8" })
        .split("\n")
        .filter((line) => line !== "")
        // A place on which a file is mounted is named too.
        .filter((line) => statSync(line).dev === statSync(lab.folder).dev)
    );
  } catch {
    // grep found nothing.
    return [];
  }
}
