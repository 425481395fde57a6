// Under which user string a container runs: the request's name or uid, with its gid; the image's USER when the request has neither.
// @see containerd v2.1.9 internal/cri/util/util.go GenerateUserString; internal/cri/server/container_create_linux.go containerSpecOpts
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";

type Context = Pick<CriSecurityContext, "runAsUser" | "runAsGroup" | "runAsUsername">;

export type UserString =
  | { readonly text: string; readonly error?: undefined }
  | { readonly error: string };

/** "" when the request says nothing. A name wins over a uid; a group alone is refused. */
export function generateUserString({ runAsUser, runAsGroup, runAsUsername }: Context): UserString {
  const user = runAsUsername === "" ? (runAsUser ?? "") : runAsUsername;
  if (runAsGroup === undefined) return { text: user };
  if (user === "") return { error: `user group "${runAsGroup}" is specified without user` };
  return { text: `${user}:${runAsGroup}` };
}

/** Whose groups in /etc/group are looked up: a user without its group. */
export function userForGroups(
  { runAsUser, runAsUsername }: Context,
  imageUser: string,
  ofImage: "image user" | "root",
): string {
  if (runAsUsername !== "") return runAsUsername;
  if (runAsUser !== undefined) return runAsUser;
  return ofImage === "root" || imageUser === "" ? "0" : (imageUser.split(":")[0] ?? "");
}
