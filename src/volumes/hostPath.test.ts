import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { prepare, ROOT } from "../../test/volumeBench.ts";
import { removeTree } from "../node/removeTree.ts";

const CALLED = {
  File: "file",
  Socket: "socket file",
  CharDevice: "character device",
  BlockDevice: "block device",
} as const;

test("hostPath: every type against everything that may stand there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
  const server = createServer().listen(join(folder, "sock"));
  await new Promise((resolve) => server.on("listening", resolve));
  mkdirSync(join(folder, "dir"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync("dir", join(folder, "link"));
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("loop", join(folder, "loop"));
  execFileSync("mkfifo", [join(folder, "fifo")]);
  const here = (name: string): string => join(folder, name);
  const typed = "hostPath type check failed";
  const rows: readonly (readonly [
    path: string,
    type: string | null,
    failure: string | undefined,
  ])[] = [
    [here("dir"), "Directory", undefined],
    [here("link"), "Directory", undefined],
    [here("file"), "File", undefined],
    [here("sock"), "Socket", undefined],
    ["/dev/null", "CharDevice", undefined],
    [here("missing"), null, undefined],
    [here("missing"), "", undefined],
    [here("new/dir"), "DirectoryOrCreate", undefined],
    [here("newfile"), "FileOrCreate", undefined],
    [here("dir"), "DirectoryOrCreate", undefined],
    [here("file"), "Directory", `${typed}: ${here("file")} is not a directory, it's a File`],
    [
      here("file"),
      "DirectoryOrCreate",
      `${typed}: ${here("file")} is not a directory, it's a File`,
    ],
    [here("dir"), "File", `${typed}: ${here("dir")} is not a file, it's a Directory`],
    [here("dir"), "FileOrCreate", `${typed}: ${here("dir")} is not a file, it's a Directory`],
    [here("file"), "Socket", `${typed}: ${here("file")} is not a socket file, it's a File`],
    [here("sock"), "File", `${typed}: ${here("sock")} is not a file, it's a Socket`],
    ["/dev/null", "BlockDevice", `${typed}: /dev/null is not a block device, it's a CharDevice`],
    [
      here("dir"),
      "CharDevice",
      `${typed}: ${here("dir")} is not a character device, it's a Directory`,
    ],
    [
      here("none"),
      "Directory",
      `${typed}, ${here("none")} is not a directory, unable to determine its type: path "${here("none")}" does not exist`,
    ],
    ...(["File", "Socket", "CharDevice", "BlockDevice"] as const).map(
      (type) =>
        [
          here("none"),
          type,
          `${typed}, ${here("none")} is not a ${CALLED[type]}, unable to determine its type: path "${here("none")}" does not exist`,
        ] as const,
    ),
    [
      here("dangling"),
      "Directory",
      `${typed}, ${here("dangling")} is not a directory, unable to determine its type: path "${here("dangling")}" does not exist`,
    ],
    [
      here("loop"),
      "Directory",
      `${typed}, ${here("loop")} is not a directory, unable to determine its type: stat ${here("loop")}: too many levels of symbolic links`,
    ],
    [
      here("file/x"),
      "Socket",
      `${typed}, ${here("file/x")} is not a socket file, unable to determine its type: stat ${here("file/x")}: not a directory`,
    ],
    [
      here("fifo"),
      "File",
      `${typed}, ${here("fifo")} is not a file, unable to determine its type: only recognise file, directory, socket, block device and character device`,
    ],
    [here("dir"), "Socket", `${typed}: ${here("dir")} is not a socket file, it's a Directory`],
    [here("file"), "BlockDevice", `${typed}: ${here("file")} is not a block device, it's a File`],
    [
      here("file"),
      "CharDevice",
      `${typed}: ${here("file")} is not a character device, it's a File`,
    ],
    ["/dev/null", "File", `${typed}: /dev/null is not a file, it's a CharDevice`],
    [here("file/x"), "FileOrCreate", `open ${here("file/x")}: not a directory`],
    [here("no/x"), "FileOrCreate", `open ${here("no/x")}: no such file or directory`],
    [
      here("dir/../file"),
      "File",
      `invalid HostPath \`${here("dir")}/../file\`: must not contain '..'`,
    ],
    [here("dir"), "Folder", "Folder is an invalid volume type"],
  ];
  for (const [plain, type, failure] of rows) {
    const path = failure?.includes("..") === true ? `${here("dir")}/../file` : plain;
    const answer = prepare(folder, { hostPath: { path, ...(type === null ? {} : { type }) } });
    assert.equal(
      answer.failure?.message,
      failure === undefined ? undefined : `MountVolume.SetUp failed for volume "v" : ${failure}`,
    );
  }
  assert.equal(statSync(here("new/dir")).mode & 0o777, 0o755);
  assert.equal(statSync(here("newfile")).mode & 0o777, 0o644);
  server.close();
  removeTree(folder);
});

test("hostPath: a block device", ROOT, () => {
  const folder = mkdtempSync(join(tmpdir(), "secctx-volumes-"));
  const device = join(folder, "device");
  execFileSync("mknod", [device, "b", "7", "200"]);
  const type = "BlockDevice";
  assert.equal(prepare(folder, { hostPath: { path: device, type } }).failure, undefined);
  assert.equal(
    prepare(folder, { hostPath: { path: device, type: "CharDevice" } }).failure?.message,
    `MountVolume.SetUp failed for volume "v" : hostPath type check failed: ${device} is not a character device, it's a BlockDevice`,
  );
  removeTree(folder);
});
