// Under which uid each container may run where root is forbidden: told by the manifest, the image or the caller, never guessed.
import { determineEffectiveSecurityContext } from "../../kubelet/effective.ts";
import { getImageUser } from "../../kubelet/getImageUser.ts";
import type { FieldPath } from "../../model/finding.ts";
import type { Int64 } from "../../model/json.ts";
import { type ContainerAt, containersOf, type Pod } from "../../model/pod.ts";
import type { Setting } from "../../model/setting.ts";
import type { World } from "../../model/world.ts";
import type { FixNote, FixOptions } from "./fixed.ts";

/** `fine`: not root. `unknown`: its image decides, and nobody told. `set`: it gets the uid. `blocked`: only a person can say. */
export type UserAnswer =
  | { readonly is: "fine" | "unknown" }
  | { readonly is: "set"; readonly uid: Int64 }
  | { readonly is: "blocked"; readonly path: FieldPath; readonly why: string }
  /** Nobody is asked for a uid: it stays as it is, and so does what the kubelet would hold against it. */
  | { readonly is: "blocked"; readonly path: FieldPath; readonly message: string };

/** `accepted`: a person has said that it stays root. */
export type Demand = boolean | "accepted";

export interface ContainerUser {
  readonly at: ContainerAt;
  readonly answer: UserAnswer;
  /** It inherits its runAsUser, if there is one. */
  readonly inherits: boolean;
}

/** @param demandOf whether this container must not run as root */
export function usersOf(
  pod: Pod,
  world: World,
  told: FixOptions["runAsUser"],
  demandOf: (container: ContainerAt) => Demand,
): ContainerUser[] {
  return containersOf(pod.spec).map((at) => {
    const inherits = (at.container.securityContext?.runAsUser ?? undefined) === undefined;
    const demand = demandOf(at);
    if (demand === false) return { at, inherits, answer: { is: "fine" } };
    const answer = demand === "accepted" ? acceptedRoot(pod, at) : answerOf(pod, at, world);
    if (demand === "accepted") return { at, inherits, answer };
    const uid = toldUid(told, at);
    if (uid === undefined || answer.is === "fine") return { at, inherits, answer };
    return { at, inherits, answer: { is: "set", uid } };
  });
}

function acceptedRoot(pod: Pod, at: ContainerAt): UserAnswer {
  const { runAsUser } = determineEffectiveSecurityContext(pod, at);
  const path = runAsUser === undefined ? at.path : writtenAt(runAsUser, at);
  const message =
    "runAsUser: 0 is accepted, and the kubelet starts no root where runAsNonRoot is true: accept podsecurity.runAsNonRoot, too";
  return { is: "blocked", path, message };
}

function toldUid(told: FixOptions["runAsUser"], { container }: ContainerAt): Int64 | undefined {
  const uids = new Map(Object.entries(told?.of ?? {}));
  return uids.get(container.name) ?? uids.get(container.image ?? "") ?? told?.all;
}

function answerOf(pod: Pod, at: ContainerAt, world: World): UserAnswer {
  const { runAsUser, runAsNonRoot } = determineEffectiveSecurityContext(pod, at);
  if (runAsUser !== undefined) {
    if (runAsUser.value !== 0) return { is: "fine" };
    return { is: "blocked", why: "runAsUser: 0 is written", path: writtenAt(runAsUser, at) };
  }
  const image = at.container.image ?? "";
  const user = getImageUser(image, world);
  if (user === undefined) {
    if (runAsNonRoot?.value !== false) return { is: "unknown" };
    const path = writtenAt(runAsNonRoot, at);
    return { is: "blocked", why: "runAsNonRoot: false is written", path };
  }
  if (user.uid === undefined) {
    return {
      is: "blocked",
      why: `the image's user ${user.username} has no number that the kubelet could read`,
      path: at.path,
    };
  }
  if (user.uid !== 0) return { is: "fine" };
  return { is: "blocked", why: "the image runs as root", path: at.path };
}

/** Where the author wrote it; else the container. */
function writtenAt({ source }: Setting<unknown>, { path }: ContainerAt): FieldPath {
  return source.kind === "manifest" ? source.path : path;
}

/** What a person should know of them. */
export function userNotes(users: readonly ContainerUser[]): FixNote[] {
  const notes: FixNote[] = [];
  for (const { at, answer } of users) {
    const { name, image = "" } = at.container;
    const needs = { what: "runAsUser", image } as const;
    if (answer.is === "blocked" && "message" in answer) {
      const { path, message } = answer;
      notes.push({ kind: "left", path, container: name, message });
    } else if (answer.is === "blocked") {
      const message = `${answer.why}; a uid that its program can run as is not known (--run-as-user ${name}=UID)`;
      notes.push({ kind: "left", path: answer.path, container: name, message, needs });
    }
    if (answer.is === "unknown") {
      const message = `the kubelet refuses to start it if ${image === "" ? "its image" : image} runs as root; nobody told its user (--image-user, --image, --run-as-user)`;
      notes.push({ kind: "open", path: at.path, container: name, message, needs });
    }
  }
  return notes;
}
