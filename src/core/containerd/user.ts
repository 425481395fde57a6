// A user string as uid and gid, by the image's /etc/passwd and /etc/group.
// @see containerd v2.1.9 pkg/oci/spec_opts.go WithUser, WithUserID, WithUsername
import { goQuote } from "../rules/goText.ts";
import { atoi, parseGroup, parsePasswd, toUint32 } from "../rules/passwd.ts";
import type { Facts } from "./facts.ts";
import { ensureAdditionalGids } from "./groups.ts";
import type { ImageFiles } from "./imageFiles.ts";
import { change, type SpecOpt } from "./specDraft.ts";

const MAX_ID = 2 ** 31 - 1;

interface Ids {
  readonly uid: number;
  readonly gid: number;
}
type Looked = Ids | { readonly error: string } | "unknown";

/** `user`, `uid`, `user:group`, `uid:gid`, `uid:group`, `user:gid`; both numeric: nothing is looked up. */
export function withUser(user: string, files: ImageFiles, { release }: Facts): SpecOpt {
  return (draft) => {
    draft.process.user.additionalGids = [];
    const ids = lookUp(user, files, release.idOutOfRange === "refused");
    if (ids === "unknown") {
      files.missing("passwd");
      draft.process.userUnknown = true;
      return undefined;
    }
    if ("error" in ids) return ids.error;
    draft.process.user.uid = ids.uid;
    draft.process.user.gid = ids.gid;
    ensureAdditionalGids(draft.process.user);
    return undefined;
  };
}

function lookUp(user: string, files: ImageFiles, refusesRange: boolean): Looked {
  const parts = user.includes(":") ? user.split(":") : [user];
  const [first = "", second] = parts;
  if (parts.length > 2) return { error: `invalid USER value ${user}` };
  const uid = readId(first);
  if (uid === "range" && refusesRange) return outOfRange(user, "uid");
  if (second === undefined) {
    return typeof uid === "number" ? withUserID(uid, files) : withUsername(first, files);
  }
  const gid = readId(second);
  if (gid === "range" && refusesRange) return outOfRange(user, "gid");
  return userAndGroup(
    typeof uid === "number" ? uid : first,
    typeof gid === "number" ? gid : second,
    files,
  );
}

/** `range` for a number that runc would not take. */
function readId(text: string): number | "range" | undefined {
  const value = atoi(text);
  if (value === undefined || value === "range") return value;
  return value < 0 || value > MAX_ID ? "range" : Number(value);
}

function outOfRange(user: string, what: "uid" | "gid"): { error: string } {
  return { error: `invalid USER value ${goQuote(user)}: ${what} out of range` };
}

/** A uid that is not in /etc/passwd runs with gid 0. */
function withUserID(uid: number, files: ImageFiles): Looked {
  if (files.passwd === undefined) {
    files.missing("passwd");
    return { uid, gid: 0 };
  }
  const entry = parsePasswd(files.passwd).find((row) => row.uid === uid);
  return { uid, gid: entry === undefined ? 0 : toUint32(entry.gid) };
}

function withUsername(name: string, files: ImageFiles): Looked {
  if (files.passwd === undefined)
    return files.known ? { error: files.notFound("passwd") } : "unknown";
  const entry = parsePasswd(files.passwd).find((row) => row.name === name);
  if (entry === undefined) return { error: files.inMount("no users found") };
  return { uid: toUint32(entry.uid), gid: toUint32(entry.gid) };
}

function userAndGroup(user: number | string, group: number | string, files: ImageFiles): Looked {
  let uid = typeof user === "number" ? user : 0;
  // Go cannot tell an empty name from none: ":5" is uid 0.
  if (typeof user === "string" && user !== "") {
    const found = withUsername(user, files);
    if (found === "unknown" || "error" in found) return found;
    uid = found.uid;
  }
  if (typeof group === "number" || group === "") return { uid, gid: group === "" ? 0 : group };
  if (files.group === undefined)
    return files.known ? { error: files.notFound("group") } : "unknown";
  const entry = parseGroup(files.group).find((row) => row.name === group);
  return entry === undefined
    ? { error: files.inMount("no groups found") }
    : { uid, gid: toUint32(entry.gid) };
}

/** The image decides the user, and nobody knows what it says. */
export function withUnknownUser({ unknown }: Facts): SpecOpt {
  return change(({ process }) => {
    unknown.add("image.user");
    process.userUnknown = true;
  });
}
