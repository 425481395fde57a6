// Whether a container that must not run as root may start; the kubelet decides it, knowing spec and image.
import type { ContainerAt } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import type { EffectiveContext } from "./effective.ts";
import type { ImageUser } from "./getImageUser.ts";
import type { Refusal } from "./outcome.ts";

const MAX_ID = 2147483647;

/** Does the kubelet look whether the image's uid is a possible one? */
const CHECKS_RANGE: Versioned<boolean> = [{ since: "v1.34", value: true }];

export interface NonRootQuestion {
  readonly effective: EffectiveContext;
  readonly container: ContainerAt;
  /** undefined: nothing is known of the image. */
  readonly imageUser: ImageUser | undefined;
  /** `name_namespace(uid)`. */
  readonly pod: string;
}

/**
 * undefined: the container may start. "unknown": the image decides and is not known.
 * Only the effective values count: runAsUser of the spec before the image's user, privileged or not.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot
 */
export function verifyRunAsNonRoot(
  question: NonRootQuestion,
  world: World,
): Refusal | "unknown" | undefined {
  const { effective, container, imageUser } = question;
  if (effective.runAsNonRoot?.value !== true) return undefined;
  const who = `(pod: ${goQuote(question.pod)}, container: ${container.container.name})`;
  const { runAsUser } = effective;
  if (runAsUser !== undefined) {
    if (runAsUser.value !== 0) return undefined;
    return refuse(question, "runAsUser", `container's runAsUser breaks non-root policy ${who}`);
  }
  if (imageUser === undefined) return "unknown";
  const { uid, username } = imageUser;
  if (uid === undefined) {
    if (username === "") return undefined;
    return refuse(
      question,
      "runAsNonRoot",
      `container has runAsNonRoot and image has non-numeric user (${username}), cannot verify user is non-root ${who}`,
    );
  }
  if (uid === 0) {
    return refuse(
      question,
      "runAsNonRoot",
      `container has runAsNonRoot and image will run as root ${who}`,
    );
  }
  if (at(CHECKS_RANGE, world.kubernetes) === true && (uid < 0 || uid > MAX_ID)) {
    return refuse(
      question,
      "runAsNonRoot",
      `container has runAsNonRoot and image has an invalid user id (${uid}). (Must be 1-(${MAX_ID})): must be between 0 and ${MAX_ID}, inclusive ${who}`,
    );
  }
  return undefined;
}

/** The finding points to where the author wrote the field. */
function refuse(
  question: NonRootQuestion,
  field: "runAsUser" | "runAsNonRoot",
  refusal: string,
): Refusal {
  const source = question.effective[field]?.source;
  const path = source?.kind === "manifest" ? source.path : question.container.path;
  return { refusal, gate: "verifyRunAsNonRoot", field, path };
}
