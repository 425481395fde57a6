// How a volume's failure is worded: Go's texts of system errors, inside the kubelet's sentences.

/** The volume cannot be set up; the message is the kubelet's. */
export class VolumeError extends Error {}

const GO_TEXTS: Readonly<Record<string, string>> = {
  EEXIST: "file exists",
  ENOENT: "no such file or directory",
  ENOTDIR: "not a directory",
  EISDIR: "is a directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "read-only file system",
  ENOSPC: "no space left on device",
  ELOOP: "too many levels of symbolic links",
  ENAMETOOLONG: "file name too long",
  EMFILE: "too many open files",
  EDQUOT: "disk quota exceeded",
  EINVAL: "invalid argument",
  ENXIO: "no such device or address",
};

/** Runs what touches the disk; its errors come back as Go words them: `mkdir /x/y: not a directory`. */
export function asGoErrors<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    // What opens a file and writes to it fails with either.
    const failed = syscall === "write" ? syscall : operation;
    throw new VolumeError(`${failed} ${path}: ${GO_TEXTS[code] ?? code}`);
  }
}

/** Errors of several sources as one: a single one as it is, more in brackets, each once. */
export function aggregate(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  return distinct.length === 1 ? (distinct[0] ?? "") : `[${distinct.join(", ")}]`;
}
