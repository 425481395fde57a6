// One mount that a request asks for, whichever of its fields it comes from.

export interface MountPoint {
  readonly type: "bind" | "volume" | "tmpfs" | "image";
  readonly destination: string;
  /** On the host; a volume's name; "" for an anonymous one. */
  readonly source: string;
  readonly writable: boolean;
  /** "" for volumes, which get none. */
  readonly propagation: string;
  /** `z` or `Z`: the source gets the container's SELinux label, one for all containers or one of its own. */
  readonly relabel: boolean;
  readonly nonRecursive: boolean;
  readonly readOnlyNonRecursive: boolean;
  readonly readOnlyForceRecursive: boolean;
  /** A tmpfs' options. */
  readonly data: string;
}

export const NO_OPTIONS = {
  relabel: false,
  nonRecursive: false,
  readOnlyNonRecursive: false,
  readOnlyForceRecursive: false,
  data: "",
} as const;

export const DEFAULT_PROPAGATION = "rprivate";
export const PROPAGATIONS: ReadonlySet<string> = new Set([
  "private",
  "rprivate",
  "shared",
  "rshared",
  "slave",
  "rslave",
]);

export type MountPointOrError =
  | { readonly point: MountPoint; readonly error?: undefined }
  | { readonly error: string };
