// What a runtime tells the kubelet of an image's USER: a uid where it is a number, else a name.
import type { Int64 } from "../model/json.ts";
import type { ImageFacts } from "../model/world.ts";
import { int64 } from "./json.ts";

/** The user of a CRI ImageStatus: both absent for an image without USER. */
export interface ImageStatusUser {
  readonly uid?: Int64;
  readonly username?: string;
}

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n } as const;

/**
 * Splits USER at its first ":", reads the part before it as a decimal int64 (a sign is fine) and falls back to a name.
 * A number beyond int64 is a name. Facts given as ImageStatus has them (`uid`, `username`) win over `user`.
 * @see kubernetes v1.23.17 pkg/kubelet/dockershim/helpers.go getUserFromImageUser
 * @see containerd v2.1.9 internal/cri/server/images/image_status.go getUserFromImage
 * @example imageStatusUser({ user: "1000:3000" }) // { uid: 1000 }
 */
export function imageStatusUser(facts: ImageFacts): ImageStatusUser {
  if (facts.uid !== undefined || facts.username !== undefined) {
    return {
      ...(facts.uid === undefined ? {} : { uid: facts.uid }),
      ...(facts.username === undefined || facts.username === ""
        ? {}
        : { username: facts.username }),
    };
  }
  const user = facts.user ?? "";
  const colon = user.indexOf(":");
  const name = colon === -1 ? user : user.slice(0, colon);
  const uid = parseInt64(name);
  if (uid !== undefined) return { uid };
  return name === "" ? {} : { username: name };
}

/** The image's USER, or what is left of it in an ImageStatus; undefined when it is not known. */
export function userOfImage({ user, uid, username }: ImageFacts): string | undefined {
  if (user !== undefined) return user;
  if (username !== undefined && username !== "") return username;
  return uid === undefined ? undefined : String(uid);
}

/** Go's ParseInt(text, 10, 64); undefined where that is an error. */
function parseInt64(text: string): Int64 | undefined {
  const match = /^([+-]?)0*(\d{1,19})$/.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = "0"] = match;
  const isNegative = sign === "-" && digits !== "0";
  if (digits.length <= 15) return isNegative ? -Number(digits) : Number(digits);
  const value = isNegative ? -BigInt(digits) : BigInt(digits);
  return value < INT64.min || value > INT64.max ? undefined : int64(value.toString());
}
