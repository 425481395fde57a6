// From an image reference to what a runtime needs of it: the config, the user files and a root filesystem, unpacked once.
import type { ImageFacts } from "../core/model/world.ts";

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

/** What the world file says of an image. */
export function imageFacts(image: Image): ImageFacts {
  return {
    user: image.config.user,
    ...(image.passwd === undefined ? {} : { passwd: image.passwd }),
    ...(image.group === undefined ? {} : { group: image.group }),
  };
}

/**
 * The image of a container by its pull policy, with the kubelet's events and, where it fails, its words.
 * Unpacks at most once per digest, also when several runs ask at once.
 * @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go EnsureImageExists
 */
export declare function ensureImageExists(
  reference: string,
  policy: PullPolicy,
  options?: ImageOptions,
): Promise<ImageAnswer>;
