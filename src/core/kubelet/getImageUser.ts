// The user that the kubelet takes for a container whose spec names none: the image's uid, else its name, else root.
import type { Int64 } from "../model/json.ts";
import type { Source } from "../model/setting.ts";
import type { World } from "../model/world.ts";
import { imageStatusUser } from "../rules/imageUser.ts";

/** `uid` absent: only the name is known to the kubelet. */
export interface ImageUser {
  readonly uid?: Int64;
  readonly username: string;
  readonly source: Source;
}

/**
 * The user of an image; undefined when the world knows nothing of the image, which is never guessed.
 * An image without USER counts as uid 0.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/helpers.go getImageUser
 */
export function getImageUser(image: string, world: World): ImageUser | undefined {
  const facts = Object.hasOwn(world.images, image) ? world.images[image] : undefined;
  if (facts === undefined) return undefined;
  const { uid, username } = imageStatusUser(facts);
  const source: Source = { kind: "image", ref: image };
  if (uid !== undefined) return { uid, username: "", source };
  if (username !== undefined) return { username, source };
  return { uid: 0, username: "", source: ROOT };
}

const ROOT: Source = { kind: "rule", by: "kubelet", rule: "an image without USER ⇒ uid 0" };
