// What this room speaks of: an image, where it may come from, what it may cost, and how a failure is worded.

/** Of the image's config what bears on a container, in the spelling of the OCI image spec, lower camel case. */
export interface ImageConfig {
  /** USER as written; "" when the image has none. */
  readonly user: string;
  /** `NAME=value`, in order. */
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** "" when the image has none. */
  readonly workingDir: string;
  /** Paths of VOLUME. */
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Image {
  /** As the pod writes it. */
  readonly reference: string;
  /** Where it came from: `oci:/srv/images/app:1`. */
  readonly source: string;
  /** `sha256:…` of the image's config (the image id); of the path for a plain directory. */
  readonly digest: string;
  readonly config: ImageConfig;
  /** Absolute path of a directory. Never write to it: it is shared by every run (a lower directory of an overlay). */
  readonly rootfs: string;
  /** Contents of /etc/passwd and /etc/group inside the root filesystem; absent where the image has none. */
  readonly passwd?: string;
  readonly group?: string;
  /** Bytes: unpacked files for an image, 0 for a plain directory. */
  readonly size: number;
  /** What could not be unpacked as the image says, one sentence each: device nodes left out, owners not set without root. */
  readonly notes: readonly string[];
}

export interface ImageOptions {
  /** `--image REF=SOURCE`: reference as the pod writes it → source. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Default: SECCTX_CACHE_DIR, else /var/lib/secctx for root and `$XDG_CACHE_HOME/secctx` for others. */
  readonly cacheDirectory?: string;
  readonly limits?: Partial<ImageLimits>;
  /** Ends a pull: helper programs are stopped and the temporary directory is removed. */
  readonly signal?: AbortSignal;
}

export interface ImageLimits {
  /** Of one image, unpacked. Default 16 GiB. */
  readonly bytes: number;
  /** Files, directories and links of one image. Default 1,000,000. */
  readonly entries: number;
}

/** The reason and message of a waiting container, in the kubelet's words. */
export interface ImageFailure {
  readonly reason: "ErrImagePull" | "ErrImageNeverPull" | "ImageInspectError" | "InvalidImageName";
  readonly message: string;
}
export interface ImageEvent {
  readonly type: "Normal" | "Warning";
  readonly reason: "Pulling" | "Pulled" | "Failed" | "InspectFailed" | "ErrImageNeverPull";
  readonly message: string;
}
/** Exactly one of `image` and `failure` is there. */
export interface ImageAnswer {
  readonly image?: Image;
  readonly failure?: ImageFailure;
  readonly events: readonly ImageEvent[];
}

export type PullPolicy = "Always" | "IfNotPresent" | "Never";

/** The image cannot be had: one sentence, which the kubelet's words wrap. */
export class ImageError extends Error {}

/** The source holds no such image; another policy may fetch it. */
export class ImageMissing extends ImageError {}

export const DEFAULT_LIMITS: ImageLimits = { bytes: 16 * 2 ** 30, entries: 1_000_000 };
