// A user string as uid, gid and supplementary groups, by the image's /etc/passwd and /etc/group.
// @see moby v28.5.2 daemon/oci_linux.go getUser; moby/sys/user v0.4.0 user.go GetExecUser, GetAdditionalGroups
import type { ImageFacts } from "../model/world.ts";
import { atoi, parseGroup, parsePasswd, toUint32 } from "../rules/passwd.ts";
import type { Facts } from "./facts.ts";
import type { SpecOpt } from "./specDraft.ts";

const MAX_ID = 2 ** 31 - 1;
const OUT_OF_RANGE = `uids and gids must be in range 0-${MAX_ID}`;

/** The image's files; undefined: not there, unless `known` is false. */
export interface UserFiles extends Pick<ImageFacts, "passwd" | "group"> {
  readonly known: boolean;
}
export interface AskedUser {
  /** `user`, `user:group`; undefined when it is the image's and nobody knows that. */
  readonly user: string | undefined;
  readonly groupAdd: readonly string[];
  readonly files: UserFiles;
}

interface ExecUser {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}
type Looked = ExecUser | { readonly error: string } | "unknown";

export function withUser({ user, groupAdd, files }: AskedUser, facts: Facts): SpecOpt {
  return ({ process }) => {
    if (user === undefined) facts.unknown.add("image.user");
    const found = user === undefined ? "unknown" : getExecUser(user, files, facts);
    const added = getAdditionalGroups(groupAdd, files, facts);
    if (found === "unknown" || added === "unknown") {
      process.userUnknown = true;
      return undefined;
    }
    if ("error" in found) return found.error;
    if ("error" in added) return added.error;
    const { uid, gid, groups } = found;
    process.user = { uid, gid, additionalGids: [gid, ...groups, ...added.groups] };
    return undefined;
  };
}

/** With a group of its own a user has no other groups. A uid that is not in /etc/passwd runs with gid 0. */
function getExecUser(spec: string, files: UserFiles, { unknown }: Facts): Looked {
  const [userArg = "", groupArg = ""] = spec.split(":");
  const uidArg = toInt(userArg);
  if (files.passwd === undefined && !files.known) unknown.add("image.passwd");
  const entry = parsePasswd(files.passwd ?? "").find(({ name, uid }) => {
    if (userArg === "") return uid === 0;
    return uidArg === undefined ? name === userArg : uid === uidArg;
  });
  if (entry === undefined && userArg !== "") {
    if (uidArg === undefined) {
      if (files.passwd === undefined && !files.known) return "unknown";
      return { error: `unable to find user ${userArg}: no matching entries in passwd file` };
    }
    if (!isInRange(uidArg)) return { error: OUT_OF_RANGE };
  }
  const uid = toUint32(entry?.uid ?? uidArg ?? 0);
  const name = entry?.name ?? "";
  if (groupArg !== "") {
    const gid = findGroup(groupArg, files, unknown);
    if (gid === "unknown" || typeof gid === "object") return gid;
    return { uid, gid, groups: [] };
  }
  if (name !== "" && files.group === undefined && !files.known) unknown.add("image.group");
  const groups = parseGroup(name === "" ? "" : (files.group ?? ""))
    .filter(({ members }) => members.includes(name))
    .map(({ gid }) => toUint32(gid));
  return { uid, gid: toUint32(entry?.gid ?? 0), groups };
}

function findGroup(
  groupArg: string,
  files: UserFiles,
  unknown: Set<string>,
): number | "unknown" | { readonly error: string } {
  const gidArg = toInt(groupArg);
  const entry = parseGroup(files.group ?? "").find(({ name, gid }) =>
    gidArg === undefined ? name === groupArg : gid === gidArg,
  );
  if (entry !== undefined) return toUint32(entry.gid);
  if (gidArg !== undefined) return isInRange(gidArg) ? Number(gidArg) : { error: OUT_OF_RANGE };
  if (files.group === undefined && !files.known) {
    unknown.add("image.group");
    return "unknown";
  }
  return { error: `unable to find group ${groupArg}: no matching entries in group file` };
}

/**
 * GroupAdd, each group once. A name that comes twice is not found the second time. dockerd takes them out of a Go map,
 * so that their order is random; here they stand as requested.
 */
function getAdditionalGroups(
  groupAdd: readonly string[],
  files: UserFiles,
  { unknown }: Facts,
): { readonly groups: readonly number[] } | { readonly error: string } | "unknown" {
  const entries = parseGroup(files.group ?? "");
  const gids = new Set<number>();
  for (const asked of groupAdd) {
    const entry = entries.find(
      ({ name, gid }) => (name === asked || String(gid) === asked) && !gids.has(toUint32(gid)),
    );
    if (entry !== undefined) {
      gids.add(toUint32(entry.gid));
      continue;
    }
    const gid = toInt(asked);
    if (gid === undefined) {
      if (files.group === undefined && !files.known) {
        unknown.add("image.group");
        return "unknown";
      }
      return { error: `Unable to find group ${asked}: no matching entries in group file` };
    }
    if (!isInRange(gid)) return { error: OUT_OF_RANGE };
    gids.add(Number(gid));
  }
  return { groups: [...gids] };
}

/** A number that does not fit into 64 bits is none. */
function toInt(text: string): number | bigint | undefined {
  const value = atoi(text);
  return value === "range" ? undefined : value;
}

function isInRange(id: number | bigint): boolean {
  return id >= 0 && id <= MAX_ID;
}
