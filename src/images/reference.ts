// Image references as the kubelet and the runtimes read them: Docker's familiar names, the default registry and tag.
//
// @see distribution/reference v0.6.0 normalize.go ParseNormalizedNamed, regexp.go, reference.go Parse

export interface Reference {
  /** With its registry: `docker.io/library/busybox`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** No program would take this reference; the message is that of the kubelet. */
export class InvalidReference extends Error {}

// One expression of all parts takes milliseconds to compile, and a pod has one image at least.
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Longer than any reference can be; longer text costs the expression too much. */
const MAX_LENGTH = 4096;
const MAX_NAME = 255;
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };

/** @throws InvalidReference `couldn't parse image name "…": …` */
export function parseReference(image: string): Reference {
  function refuse(why: string): InvalidReference {
    return new InvalidReference(`couldn't parse image name ${JSON.stringify(image)}: ${why}`);
  }
  if (/^[a-f0-9]{64}$/.test(image)) {
    throw refuse(`invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`);
  }
  const [domain, remainder] = splitDomain(image);
  const remote = remainder.split(":")[0] ?? "";
  if (remote.toLowerCase() !== remote) {
    throw refuse(`invalid reference format: repository name (${remote}) must be lowercase`);
  }
  const whole = `${domain}/${remainder}`;
  const parts = whole.length > MAX_LENGTH ? undefined : partsOf(whole);
  if (parts === undefined) throw refuse("invalid reference format");
  const { name, digest } = parts;
  if (name.length - domain.length - 1 > MAX_NAME) {
    throw refuse(`repository name must not be more than ${MAX_NAME} characters`);
  }
  const wrong = digest === undefined ? undefined : digestFault(digest);
  if (wrong !== undefined) throw refuse(wrong);
  return parts;
}

/**
 * The reference as the kubelet hands it to the runtime: with `:latest` where it has neither tag nor digest.
 * @throws InvalidReference
 * @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go applyDefaultImageTag
 */
export function applyDefaultImageTag(image: string): string {
  const { tag = "latest", digest } = parseReference(image);
  return digest === undefined && !image.endsWith(`:${tag}`) ? `${image}:${tag}` : image;
}

/**
 * The full reference as containerd keeps it: `docker.io/library/busybox:latest`; a digest replaces the tag.
 * @throws InvalidReference
 * @see distribution/reference v0.6.0 normalize.go ParseDockerRef
 */
export function normalizedReference(image: string): string {
  const { name, tag = "latest", digest } = parseReference(image);
  return digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
}

/**
 * Undefined when a part is not as it has to be.
 * @see distribution/reference v0.6.0 regexp.go ReferenceRegexp
 */
function partsOf(whole: string): Reference | undefined {
  const [tagged = "", digest, ...more] = whole.split("@");
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return undefined;
  const colon = tagged.indexOf(":", tagged.lastIndexOf("/"));
  const name = colon === -1 ? tagged : tagged.slice(0, colon);
  const tag = colon === -1 ? undefined : tagged.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const [first = "", ...rest] = name.split("/");
  const isFirst = COMPONENT.test(first) || (rest.length > 0 && DOMAIN.test(first));
  if (!isFirst || !rest.every((component) => COMPONENT.test(component))) return undefined;
  return {
    name,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

function splitDomain(image: string): [domain: string, remainder: string] {
  const slash = image.indexOf("/");
  const first = image.slice(0, Math.max(slash, 0));
  const isDomain =
    slash !== -1 && (/[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first);
  const domain = !isDomain || first === "index.docker.io" ? "docker.io" : first;
  const remainder = isDomain ? image.slice(slash + 1) : image;
  return domain === "docker.io" && !remainder.includes("/")
    ? [domain, `library/${remainder}`]
    : [domain, remainder];
}

/** @see opencontainers/go-digest digest.go Validate */
function digestFault(digest: string): string | undefined {
  const colon = digest.indexOf(":");
  const length = DIGEST_LENGTHS[digest.slice(0, colon)];
  const hex = digest.slice(colon + 1);
  if (!/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*$/.test(digest.slice(0, colon))) {
    return "invalid checksum digest format";
  }
  if (length === undefined) return "unsupported digest algorithm";
  if (hex.length !== length) return "invalid checksum digest length";
  return /^[a-f0-9]+$/.test(hex) ? undefined : "invalid checksum digest format";
}
