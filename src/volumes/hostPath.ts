// hostPath volumes: is what stands there of the type that the pod asks, and what is made when it is not there.
import { closeSync, mkdirSync, openSync, type Stats, statSync } from "node:fs";
import { goQuote } from "../core/rules/goText.ts";
import { asGoErrors, VolumeError } from "./failure.ts";

type FileType = "Directory" | "File" | "Socket" | "CharDevice" | "BlockDevice";

/** Type asked → type it must be, and how the message calls it. */
const EXPECTED: Readonly<Record<string, readonly [type: FileType, called: string]>> = {
  DirectoryOrCreate: ["Directory", "directory"],
  Directory: ["Directory", "directory"],
  FileOrCreate: ["File", "file"],
  File: ["File", "file"],
  Socket: ["Socket", "socket file"],
  CharDevice: ["CharDevice", "character device"],
  BlockDevice: ["BlockDevice", "block device"],
};

/**
 * Checks the path and makes it where the type says so. Symlinks of the host are followed, as the kubelet follows them.
 * @throws VolumeError
 * @see kubernetes v1.37.2 pkg/volume/hostpath/host_path.go SetUp, checkTypeInternal
 */
export function setUpHostPath(path: string, type: string): void {
  if (path.split("/").includes("..")) {
    throw new VolumeError(`invalid HostPath \`${path}\`: must not contain '..'`);
  }
  if (type === "") return;
  const expected = EXPECTED[type];
  if (expected === undefined) throw new VolumeError(`${type} is an invalid volume type`);
  if (type.endsWith("OrCreate") && !exists(path)) {
    if (type === "DirectoryOrCreate") makeDirectory(path);
    else makeFile(path);
    return;
  }
  const [wanted, called] = expected;
  let found: FileType;
  try {
    found = fileType(path);
  } catch (error) {
    if (!(error instanceof VolumeError)) throw error;
    throw new VolumeError(
      `hostPath type check failed, ${path} is not a ${called}, unable to determine its type: ${error.message}`,
    );
  }
  if (found !== wanted) {
    throw new VolumeError(
      `hostPath type check failed: ${path} is not a ${called}, it's a ${found}`,
    );
  }
}

/**
 * A path without a type is made by the runtime when a container needs it.
 * @see containerd v1.7.24 pkg/cri/opts/spec_linux_opts.go WithMounts
 */
export function makeMissingDirectory(path: string): void {
  if (!exists(path)) makeDirectory(path);
}

/** @see kubernetes v1.37.2 pkg/volume/util/hostutil/hostutil.go getFileType */
function fileType(path: string): FileType {
  const stat = asGoErrors("stat", path, () => statSync(path, { throwIfNoEntry: false }));
  if (stat === undefined) throw new VolumeError(`path ${goQuote(path)} does not exist`);
  const type = typeOf(stat);
  if (type === undefined) {
    throw new VolumeError(
      "only recognise file, directory, socket, block device and character device",
    );
  }
  return type;
}

function typeOf(stat: Stats): FileType | undefined {
  if (stat.isDirectory()) return "Directory";
  if (stat.isFile()) return "File";
  if (stat.isSocket()) return "Socket";
  if (stat.isCharacterDevice()) return "CharDevice";
  return stat.isBlockDevice() ? "BlockDevice" : undefined;
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function makeDirectory(path: string): void {
  asGoErrors("mkdir", path, () => mkdirSync(path, { recursive: true, mode: 0o755 }));
}

function makeFile(path: string): void {
  asGoErrors("open", path, () => closeSync(openSync(path, "a", 0o644)));
}
