// What --probe really tries with a container's credentials, and what came of it.

/** One attempt: `write:/data` on a mount, `bind:80`, `setuid:`, `raw:`, `ping:`. */
export type TryName = `${"write" | "bind" | "setuid" | "raw" | "ping"}:${string}`;

/** What the kernel said to one attempt. */
export interface Attempt {
  readonly name: TryName;
  /** null: it was not made, or ended in an error that tells nothing of privileges. */
  readonly allowed: boolean | null;
  /** `EACCES`, `SIGSYS`, or why it was not made; absent where it succeeded. */
  readonly error?: string;
}

/** A place that an attempt writes to, as it stood before the container started. */
export interface PlaceFacts {
  /** In the container. */
  readonly path: string;
  readonly type: "directory" | "file";
  /** Permission bits. */
  readonly mode: number;
  /** Host ids. */
  readonly uid: number;
  readonly gid: number;
  /** The mount is read-only. */
  readonly readOnly: boolean;
  /** Index in the container's volumeMounts; absent for the root file system. */
  readonly mount?: number;
  /** The mount shifts the ids of its files into the container's user namespace. */
  readonly idMapped?: boolean;
}
