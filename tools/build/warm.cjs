// Calls what commands call of Node, so that a start-up snapshot holds it compiled: Node compiles each of its own functions
// when it is first called.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const { isAbsolute, join } = require("node:path");

// Nothing stays: no file, no timer, no stream.
files();
buffers();
if (startsPrograms) {
  watches();
  streams();
  signals();
  timers();
  processes();
}

function files() {
  const folder = fs.mkdtempSync(join(os.tmpdir(), "secctx-build-"));
  const at = (name) => join(folder, name);
  fs.mkdirSync(at("a/b"), { recursive: true, mode: 0o711 });
  fs.writeFileSync(at("file"), "text\n");
  fs.writeFileSync(at("file"), Buffer.from("bytes"), { mode: 0o600 });
  fs.symlinkSync("file", at("link"));
  fs.readlinkSync(at("link"));
  fs.realpathSync(at("link"));
  fs.readFileSync(at("file"), "utf8");
  const handle = fs.openSync(at("file"), "r+");
  fs.fstatSync(handle);
  fs.readSync(handle, Buffer.alloc(8), 0, 8, 0);
  fs.writeSync(handle, "text");
  fs.writeSync(handle, Buffer.from("bytes"), 0, 5, 0);
  fs.closeSync(handle);
  for (const bigint of [false, true]) {
    const { mtime, mode } = fs.statSync(at("file"), { bigint });
    fs.lstatSync(at("link"), { throwIfNoEntry: false, bigint });
    fs.chmodSync(at("file"), Number(mode) & 0o777);
    fs.utimesSync(at("file"), mtime, mtime);
  }
  const { uid, gid } = os.userInfo();
  for (const call of [fs.chownSync, fs.lchownSync]) call(at("file"), uid, gid);
  fs.accessSync(at("file"), fs.constants.R_OK);
  fs.existsSync(at("nothing"));
  fs.lstatSync(at("nothing"), { throwIfNoEntry: false });
  for (const call of [fs.statSync, fs.readFileSync, fs.readdirSync, fs.unlinkSync]) {
    try {
      call(at("nothing"));
    } catch {}
  }
  fs.statfsSync(folder);
  for (const options of [{ withFileTypes: true, encoding: "buffer" }, { withFileTypes: true }, {}]) {
    for (const entry of fs.readdirSync(folder, options)) entry.isDirectory?.();
  }
  fs.statSync(folder).isFile();
  fs.renameSync(at("file"), at("other"));
  fs.unlinkSync(at("other"));
  fs.unlink(at("link"), () => fs.rmdir(at("a/b"), () => fs.rmSync(folder, { recursive: true })));
  os.cpus();
  os.release();
  os.homedir();
  isAbsolute(folder);
}

/** A file that appears in a folder is told. */
function watches() {
  const folder = fs.mkdtempSync(join(os.tmpdir(), "secctx-build-"));
  const file = join(folder, "file");
  const watcher = fs.watch(folder, () => {
    watcher.close();
    fs.rmSync(folder, { recursive: true });
  });
  watcher.on("error", () => {});
  fs.writeFileSync(file, "text\n");
}

function buffers() {
  const bytes = Buffer.concat([Buffer.from("a:"), Buffer.from("/b"), Buffer.alloc(4)]);
  bytes.subarray(1, 3).toString("latin1");
  bytes.slice(0, 2).toString("utf8");
  bytes.toString();
  bytes.includes(0);
  bytes.indexOf("b");
  bytes.equals(bytes);
  Buffer.from([1, 2]);
  Buffer.byteLength("text");
  require("node:buffer").isUtf8(bytes);
}

function streams() {
  const { PassThrough } = require("node:stream");
  for (const encoding of [undefined, "utf8"]) {
    const stream = new PassThrough();
    if (encoding !== undefined) stream.setEncoding(encoding);
    stream.on("data", () => {});
    stream.once("close", () => {});
    stream.write("text\n");
    stream.end("text\n");
  }
  const left = new PassThrough();
  left.on("error", () => {});
  left.resume();
  left.destroy(new Error("left"));
}

function signals() {
  const controller = new AbortController();
  const { signal } = controller;
  const listener = () => {};
  signal.addEventListener("abort", listener);
  signal.removeEventListener("abort", listener);
  signal.addEventListener("abort", listener, { once: true });
  if (!signal.aborted) controller.abort();
}

function timers() {
  clearTimeout(setTimeout(() => {}, 1));
  clearInterval(setInterval(() => {}, 1));
  for (const delay of [1, 2]) setTimeout(() => {}, delay).ref();
  setImmediate(() => {});
  process.nextTick(() => {});
  process.hrtime();
  // Nobody hears of it yet.
  const failed = Promise.reject(new Error("late"));
  failed.catch(() => {});
}

function processes() {
  const { spawn } = require("node:child_process");
  const child = spawn("sh", ["-c", "read line; echo $line; echo $line >&2"], {
    ...{ detached: true, cwd: "/", env: { PATH: process.env.PATH ?? "" } },
    stdio: ["pipe", "pipe", "pipe", "pipe"],
  });
  for (const stream of child.stdio) stream.on("error", () => {}).on("close", () => {});
  child.stdout.setEncoding("utf8").on("data", () => {});
  child.stderr.on("data", () => {});
  child.stdio[3].resume();
  for (const event of ["error", "exit", "close"]) child.on(event, () => {});
  child.stdin.write("text\n");
  child.stdin.end("text\n");
}
