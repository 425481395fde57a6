// The last step of unpacking: fifos, extended attributes, and the owners, modes and times of directories.
import { spawnSync } from "node:child_process";
import { chmodSync, lchownSync, utimesSync } from "node:fs";
import { EngineError } from "../node/errors.ts";
import { needProgram } from "../node/programs.ts";
import { type Directory, type Inode, type Node, type Owned, show } from "./tree.ts";
import { onDisk, type Unpacking } from "./unpacking.ts";

/**
 * Attributes that change what a program may do, and a user's own. Others belong to the machine that made the image
 * (SELinux labels, IMA) or would speak to overlayfs (`trusted.overlay.*`).
 */
const KEPT_XATTR = /^(?:security\.capability|user\..+|system\.posix_acl_(?:access|default))$/s;

const FIFOS_AT_ONCE = 500;

/**
 * Completes an unpacked image.
 * @returns notes for people
 * @throws EngineError when a helper program is missing or fails
 */
export function finishUnpacking(unpacking: Unpacking): string[] {
  const fifos: { readonly path: Buffer; readonly owned: Owned }[] = [];
  const xattrs: string[] = [];
  const directories: { readonly path: Buffer; readonly owned: Owned }[] = [];
  visit(unpacking, (path, shown, node) => {
    const { owned } = node.inode;
    if (node.kind === "fifo") fifos.push({ path, owned });
    if (node.kind === "directory") directories.push({ path, owned });
    const lines = [...owned.xattrs]
      .filter(([name]) => KEPT_XATTR.test(name) && node.kind !== "symlink")
      .map(([name, value]) => `${quote(name)}=0s${value.toString("base64")}\n`);
    if (lines.length > 0) xattrs.push(`# file: ${quote(shown)}\n${lines.join("")}\n`);
  });
  const notes = makeFifos(unpacking, fifos);
  if (xattrs.length > 0) notes.push(...setXattrs(unpacking, xattrs.join("")));
  // A directory comes before what is in it: going backwards, none is closed before its content is done.
  for (const { path, owned } of directories.reverse()) describe(unpacking, path, owned);
  if (unpacking.devices.length > 0) notes.push(devicesLeftOut(unpacking.devices));
  return notes;
}

/** Every file once, a directory before what is in it, with its path on disk and below the root. */
function visit(unpacking: Unpacking, see: (path: Buffer, shown: string, node: Node) => void): void {
  const seen = new Set<Inode>();
  const open: { readonly path: string; readonly directory: Directory }[] = [
    { path: "", directory: unpacking.root },
  ];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [name, node] of at.directory.children) {
      if (seen.has(node.inode)) continue;
      seen.add(node.inode);
      see(onDisk(unpacking, { directory: at.directory, name }), at.path + name, node);
      if (node.kind === "directory") open.push({ path: `${at.path}${name}/`, directory: node });
    }
  }
}

/** Owner, mode and time of what is known to be no symlink. */
function describe(unpacking: Unpacking, path: Buffer, owned: Owned): void {
  if (unpacking.setOwners) lchownSync(path, owned.uid, owned.gid);
  chmodSync(path, owned.mode);
  utimesSync(path, owned.mtime, owned.mtime);
}

/** Node can make none. A name that is no UTF-8 cannot be given to a program and is left out. */
function makeFifos(
  unpacking: Unpacking,
  fifos: readonly { readonly path: Buffer; readonly owned: Owned }[],
): string[] {
  const named = fifos.filter(({ path }) => Buffer.from(path.toString("utf8")).equals(path));
  for (let at = 0; at < named.length; at += FIFOS_AT_ONCE) {
    const paths = named.slice(at, at + FIFOS_AT_ONCE).map(({ path }) => path.toString("utf8"));
    const failed = run("mkfifo", ["-m", "0600", "--", ...paths], unpacking);
    if (failed !== undefined) throw new EngineError(failed);
  }
  for (const { path, owned } of named) describe(unpacking, path, owned);
  const left = fifos.length - named.length;
  return left === 0 ? [] : [`${left} fifos left out: their names are no UTF-8`];
}

/** @param restore what `getfattr --dump` would have written */
function setXattrs(unpacking: Unpacking, restore: string): string[] {
  const failed = run("setfattr", ["--no-dereference", "--restore=-"], unpacking, restore);
  if (failed === undefined) return [];
  if (unpacking.setOwners) throw new EngineError(failed);
  return [`extended attributes (file capabilities) are not set without root: ${failed}`];
}

/** The first line of what a failing program says; undefined when it succeeds. */
function run(
  program: "mkfifo" | "setfattr",
  args: readonly string[],
  unpacking: Unpacking,
  input = "",
): string | undefined {
  const { status, stderr, error } = spawnSync(needProgram(program), args, {
    cwd: Buffer.from(unpacking.folder, "latin1").toString("utf8"),
    input,
    encoding: "utf8",
    env: { LC_ALL: "C" },
  });
  if (status === 0) return undefined;
  return `${program}: ${error?.message ?? stderr.split("\n")[0] ?? ""}`;
}

/** As setfattr reads names: every byte that could end or change the line as a backslash and three octal digits. */
function quote(name: string): string {
  return name.replace(
    /[^!-<>-[\]-~]/g,
    (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}

function devicesLeftOut(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map(show).join(", ");
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : "";
  return `device nodes left out: ${shown}${more}`;
}
