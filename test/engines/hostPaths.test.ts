// hostPath of every type on every engine: what stands there is what the container sees, and what is missing is made.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = { oci: cannotRun() ?? false, ...bothEngines() } as const;
const lab = makeLab();
const host = join(lab.folder, "host");
let server: Server | undefined;
before(async () => {
  mkdirSync(join(host, "dir"), { recursive: true });
  writeFileSync(join(host, "file"), "f\n");
  writeFileSync(join(host, "dir/kept"), "");
  symlinkSync("dir", join(host, "link"));
  server = createServer().listen(join(host, "sock"));
  await new Promise((resolve) => server?.on("listening", resolve));
});
after(() => {
  server?.close();
  removeLab(lab);
});

for (const engine of ["oci", "docker", "cri"] as const) {
  const options = { skip: skips[engine], timeout: 240_000 };
  test(`${engine}: hostPath of every type`, options, async () => {
    const block = join(host, `${engine}-block`);
    execFileSync("mknod", [block, "b", "7", "200"]);
    const rows: readonly (readonly [path: string, type: string | undefined, seen: string])[] = [
      [join(host, "dir"), "Directory", "directory"],
      [join(host, "link"), "Directory", "directory"],
      [join(host, "file"), "File", "regular file"],
      [join(host, "file"), undefined, "regular file"],
      [join(host, "sock"), "Socket", "socket"],
      ["/dev/null", "CharDevice", "character special file"],
      [block, "BlockDevice", "block special file"],
      [join(host, `${engine}/new/dir`), "DirectoryOrCreate", "directory"],
      [join(host, `${engine}/untold/dir`), "", "directory"],
      [join(host, `${engine}-file`), "FileOrCreate", "regular empty file"],
    ];
    const volumes = rows.map(([path, type], index) => ({
      name: `v${index}`,
      hostPath: { path, ...(type === undefined ? {} : { type }) },
    }));
    const volumeMounts = volumes.map(({ name }, index) => ({ name, mountPath: `/m/${index}` }));
    const script = `for n in ${rows.map((_, index) => index).join(" ")}; do stat -c %F /m/$n; done; ls /m/0 /m/1`;
    const pod = podOf(script, { volumes }, { volumeMounts });
    const words = ["--engine", engine, "--no-prefix"];
    const { code, stdout, stderr } = await runCommand(lab, pod, words);
    assert.equal(code, 0, stderr);
    const lists = ["/m/0:", "kept", "", "/m/1:", "kept", ""];
    assert.deepEqual(stdout.split("\n"), [...rows.map(([, , seen]) => seen), ...lists]);
    for (const name of [engine, `${engine}/new`, `${engine}/new/dir`, `${engine}/untold/dir`]) {
      assert.equal(statSync(join(host, name)).mode & 0o7777, 0o755, name);
    }
    assert.equal(statSync(join(host, `${engine}-file`)).mode & 0o7777, 0o644);
    assert.deepEqual(leftovers(lab), []);
  });

  test(
    `${engine}: hostPath of another type than asked: the kubelet's words, and nothing starts`,
    options,
    async () => {
      const rows = [
        [join(host, "file"), "DirectoryOrCreate", "file is not a directory, it's a File"],
        [join(host, "dir"), "Socket", "dir is not a socket file, it's a Directory"],
        ["/dev/null", "BlockDevice", "null is not a block device, it's a CharDevice"],
      ] as const;
      for (const [path, type, why] of rows) {
        const volumes = [{ name: "v", hostPath: { path, type } }];
        const pod = podOf("id", { volumes }, { volumeMounts: [{ name: "v", mountPath: "/v" }] });
        const { code, stdout } = await runCommand(lab, pod, ["--engine", engine, "-o", "json"]);
        const { phase, reason, message } = JSON.parse(stdout);
        assert.deepEqual([code, phase, reason], [125, "Pending", "FailedMount"]);
        const start = 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: ';
        assert.ok(message.startsWith(start) && message.endsWith(why), message);
      }
    },
  );
}
