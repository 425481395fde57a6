// The programs of this machine that secctx may call, the Debian package of each, and where they lie.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EngineError } from "./errors.ts";

/** Program → Debian package that brings it. No other program is ever started. */
export const PROGRAMS = {
  runc: "runc",
  crun: "crun",
  mount: "mount",
  umount: "mount",
  unshare: "util-linux",
  nsenter: "util-linux",
  setpriv: "util-linux",
  setsid: "util-linux",
  fallocate: "util-linux",
  setfattr: "attr",
  mkfifo: "coreutils",
  hostname: "hostname",
  ip: "iproute2",
  perl: "perl-base",
  rm: "coreutils",
  tar: "tar",
  ctr: "containerd",
  getcap: "libcap2-bin",
  sh: "dash",
  skopeo: "skopeo",
  zstd: "zstd",
  apparmor_parser: "apparmor",
  newuidmap: "uidmap",
  newgidmap: "uidmap",
  pasta: "passt",
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Root's programs lie here, and an ordinary user's PATH often leaves these out. */
const SYSTEM_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"];

const found = new Map<string, string | undefined>();

/** The absolute path of a program: from PATH, then the system's folders; undefined when it is not installed. No process is started. */
export function findProgram(
  name: string,
  path: string = process.env["PATH"] ?? "",
): string | undefined {
  const key = `${name}\0${path}`;
  if (!found.has(key)) found.set(key, search(name, path));
  return found.get(key);
}

/**
 * The absolute path of a program that is needed.
 * @throws EngineError naming the Debian package
 */
export function needProgram(name: ProgramName): string {
  const path = findProgram(name);
  if (path === undefined) throw new EngineError(notInstalled(name));
  return path;
}

export function isKnownProgram(name: string): name is ProgramName {
  return Object.hasOwn(PROGRAMS, name);
}

/** `skopeo is not installed: apt-get install skopeo` */
export function notInstalled(name: ProgramName): string {
  return `${name} is not installed: apt-get install ${PROGRAMS[name]}`;
}

function search(name: string, path: string): string | undefined {
  if (name.includes("/")) return isProgram(name) ? name : undefined;
  const folders = [...path.split(delimiter), ...SYSTEM_FOLDERS];
  return folders
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    // Most folders do not have it, and an error costs more than an answer.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
