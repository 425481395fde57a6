// Writes a volume's files as the kubelet does: into a folder named by the time, published through the symlink `..data`.
//
// @see kubernetes v1.37.2 pkg/volume/util/atomic_writer.go Write
import { chmodSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { asGoErrors, VolumeError } from "./failure.ts";
import type { Payload } from "./payload.ts";

const MAX_PATH = 4096;
const MAX_NAME = 255;
/** For lchown(2): leave the group, which a setgid folder gave. */
const SAME = -1;

/**
 * Writes the files into the new, empty folder `folder`; `own` gives everything to its owner before it is published.
 * @throws VolumeError
 */
export function writePayload(folder: string, payload: Payload, own: () => void): void {
  const files = new Map([...payload].map(([path, file]) => [clean(path), file]));
  const data = timestampName(new Date());
  const dataFolder = join(folder, data);
  asGoErrors("mkdir", dataFolder, () => mkdirSync(dataFolder));
  chmodSync(dataFolder, 0o755);
  for (const [path, { data: content, mode, user }] of files) {
    const file = join(dataFolder, path);
    asGoErrors("mkdir", dirname(file), () => makeFolders(dataFolder, dirname(path)));
    asGoErrors("open", file, () => writeFileSync(file, content, { flag: "wx", mode: 0o644 }));
    if (user !== undefined) lchownSync(file, user, SAME);
    chmodSync(file, mode);
  }
  own();
  symlinkSync(data, join(folder, "..data"));
  const visible = new Map<string, number | undefined>();
  for (const [path, { user }] of files) visible.set(path.split("/")[0] ?? path, user);
  for (const [name, user] of visible) {
    symlinkSync(join("..data", name), join(folder, name));
    if (user !== undefined) lchownSync(join(folder, name), user, SAME);
  }
}

/** `..2026_11_24_00_32_05.123456789` */
function timestampName(now: Date): string {
  const time = now.toISOString().slice(0, 19).replace(/[-T:]/g, "_");
  return `..${time}.${String(Math.floor(Math.random() * 1e9))}`;
}

/** Folders have 0755 whatever the umask says. */
function makeFolders(base: string, path: string): void {
  let at = base;
  for (const name of path.split("/")) {
    if (name === ".") continue;
    at = join(at, name);
    if (mkdirSync(at, { recursive: true }) !== undefined) chmodSync(at, 0o755);
  }
}

/** @see kubernetes v1.37.2 pkg/volume/util/atomic_writer.go validatePath */
function clean(path: string): string {
  if (path === "") throw new VolumeError(`invalid path: must not be empty: ""`);
  if (path.startsWith("/")) {
    throw new VolumeError(`invalid path: must be relative path: ${path}`);
  }
  if (Buffer.byteLength(path) > MAX_PATH) {
    throw new VolumeError(`invalid path: must be less than or equal to ${MAX_PATH} characters`);
  }
  const names = path.split("/");
  for (const name of names) {
    if (name === "..") throw new VolumeError(`invalid path: must not contain '..': ${path}`);
    if (Buffer.byteLength(name) > MAX_NAME) {
      throw new VolumeError(
        `invalid path: filenames must be less than or equal to ${MAX_NAME} characters`,
      );
    }
  }
  if (names[0]?.startsWith("..") === true) {
    throw new VolumeError(`invalid path: must not start with '..': ${path}`);
  }
  return normalize(path).replace(/\/$/, "");
}
