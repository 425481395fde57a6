// The launcher starts the command from its snapshot where that fits, and from its script everywhere else.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const skip = process.platform === "linux" ? false : "start-up snapshots are Linux's";
const root = mkdtempSync(join(tmpdir(), "secctx-snapshot-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** Two calls for each bundle, one of them of a command that is not in the snapshot. */
const CALLS = [
  ["explain", "examples/dac.yaml"],
  ["init", "--help"],
  ["run", "/nonexistent.yaml"],
  ["ps", "--help"],
];

interface Called {
  readonly words: readonly string[];
  readonly by?: string;
  readonly env?: NodeJS.ProcessEnv;
}

function call(folder: string, { words, by = join(folder, "secctx.cjs"), env = {} }: Called) {
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...rest } = process.env;
  const [program = "", ...before] = by.split(" ");
  const ran = spawnSync(program, [...before, ...words], {
    ...{ encoding: "utf8", env: { ...rest, ...env }, maxBuffer: 64 * 1024 * 1024 },
  });
  const { status, stdout, stderr } = ran;
  return { status, stdout, stderr };
}

function copied(): string {
  const folder = mkdtempSync(join(root, "dist-"));
  for (const group of ["all", "read", "run"]) {
    for (const kind of ["cjs", "cache", "blob"]) {
      const file = `command.${group}.${kind}`;
      if (group === "all" && kind === "blob") continue;
      cpSync(join("dist", file), join(folder, file), { preserveTimestamps: true });
    }
  }
  cpSync("dist/secctx.cjs", join(folder, "secctx.cjs"));
  return folder;
}

/** Whoever starts from it sees Node refuse it. */
function damageSnapshots(folder: string): void {
  for (const group of ["read", "run"]) {
    const blob = join(folder, `command.${group}.blob`);
    writeFileSync(blob, "");
    spawnSync("touch", ["-r", process.execPath, blob]);
  }
}

test("a start from the snapshot does what one from the script does", { skip }, () => {
  const folder = copied();
  for (const words of CALLS) {
    const script = { words, by: `${process.execPath} ${join(folder, "secctx.cjs")}` };
    assert.deepEqual(call(folder, { words }), call(folder, script), words.join(" "));
  }
});

test("threads start beside it", { skip }, () => {
  const folder = copied();
  const many = join(folder, "many.yaml");
  // Long enough; on a machine with one core there are none.
  writeFileSync(many, `${readFileSync("examples/dac.yaml", "utf8")}\n---\n`.repeat(1_500));
  const words = ["check", many];
  const called = call(folder, { words });
  assert.match(called.stdout, /^1500 pods in 1 file checked/m, called.stderr);
  assert.deepEqual(called, call(folder, { words, by: `${process.execPath} ${folder}/secctx.cjs` }));
});

test("the snapshot is what it starts from", { skip }, () => {
  const folder = copied();
  damageSnapshots(folder);
  for (const words of CALLS) assert.notEqual(call(folder, { words }).stderr, "", words.join(" "));
  assert.equal(call(folder, { words: ["--version"] }).status, 0, "no command, no snapshot");
});

const ELSEWHERE: readonly [
  what: string,
  change: (folder: string) => NodeJS.ProcessEnv | undefined,
][] = [
  ["options for Node", () => ({ NODE_OPTIONS: "--max-old-space-size=512" })],
  ["coverage", (folder) => ({ NODE_V8_COVERAGE: join(folder, "coverage") })],
  ["another processor", (folder) => edit(folder, /^features='.*'$/m, "features='flags\t\t: fpu'")],
  ["another place of Node", (folder) => edit(folder, /^node='.*'$/m, "node='/usr/local/no/node'")],
  ["another Node", (folder) => touch(folder, "@1")],
  ["an older snapshot", (folder) => touch(folder, "@4000000000")],
];

for (const [what, change] of ELSEWHERE) {
  test(`a snapshot that does not fit is left alone: ${what}`, { skip }, () => {
    const folder = copied();
    damageSnapshots(folder);
    const env = change(folder) ?? {};
    const { status, stderr } = call(folder, { words: ["explain", "examples/dac.yaml"], env });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  });
}

test("called by links of links, from elsewhere, and moved since it was built", { skip }, () => {
  const folder = copied();
  symlinkSync(join(folder, "secctx.cjs"), join(folder, "first"));
  symlinkSync("first", join(folder, "kubectl-secctx"));
  const linked = call(folder, { words: ["run", "--help"], by: join(folder, "kubectl-secctx") });
  assert.match(linked.stdout, /^Usage: kubectl secctx run /);
  const found = spawnSync("sh", ["-c", "cd ..; PATH=$PWD/bin:$PATH; kubectl-secctx check --help"], {
    ...{ cwd: folder, encoding: "utf8" },
    env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}` },
  });
  assert.match(found.stdout, /^Usage: kubectl secctx check /);
});

test("what the launcher tells the C library is heard by nothing that the command starts", {
  skip,
}, () => {
  const folder = copied();
  const heard = join(folder, "heard");
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho "$GLIBC_TUNABLES" >>${heard}\nexit 1\n`, {
    mode: 0o755,
  });
  const path = `${folder}:${process.env["PATH"]}`;
  for (const told of ["", "glibc.malloc.check=0"]) {
    rmSync(heard, { force: true });
    const env = { PATH: path, GLIBC_TUNABLES: told };
    call(folder, { words: ["diff", "--git", "HEAD..HEAD"], env });
    assert.deepEqual([...new Set(readFileSync(heard, "utf8").trim().split("\n"))], [told]);
  }
});

test("each build draws its own seed for hash tables, which is kept", { skip }, () => {
  const seeds = [1, 2].map((build) => {
    const blob = join(root, `${build}.blob`);
    const words = ["--build-snapshot", "tools/build/snapshot.cjs", "a=1", "dist/command.run.cjs"];
    const built = call(".", {
      words: ["--snapshot-blob", blob, ...words, "run"],
      by: process.execPath,
    });
    assert.equal(built.status, 0, built.stderr);
    return hashOf("readOnlyRootFilesystem", readFileSync(blob));
  });
  const shipped = hashOf("readOnlyRootFilesystem", readFileSync("dist/command.run.blob"));
  assert.equal(new Set([...seeds, shipped]).size, 3);
});

/** V8 keeps a string as its hash, its length and its characters. */
function hashOf(name: string, heap: Buffer): number {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(name.length);
  const at = heap.indexOf(Buffer.concat([length, Buffer.from(name)]));
  assert.notEqual(at, -1);
  return heap.readUInt32LE(at - 4);
}

function edit(folder: string, what: RegExp, by: string): undefined {
  const file = join(folder, "secctx.cjs");
  const text = readFileSync(file, "utf8");
  assert.match(text, what);
  writeFileSync(
    file,
    text.replace(what, () => by),
  );
}

function touch(folder: string, time: string): undefined {
  for (const group of ["read", "run"]) {
    spawnSync("touch", ["-d", time, join(folder, `command.${group}.blob`)]);
  }
}
