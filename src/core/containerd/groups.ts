// Supplementary groups of a container: those of /etc/group that list its user, and those of the request.
// @see containerd v2.1.9 pkg/oci/spec_opts.go WithAdditionalGIDs; internal/cri/opts/spec_opts.go WithSupplementalGroups, mergeGids
import { atoi, parseGroup, parsePasswd, toUint32 } from "../rules/passwd.ts";
import type { ImageFiles } from "./imageFiles.ts";
import { change, type SpecOpt, type UserDraft } from "./specDraft.ts";

/**
 * Adds the groups of `user` (a name or a uid; a uid counts under its name in /etc/passwd) but for the one called like
 * him, and the primary group. A user or file that is not there adds only the primary group.
 */
export function withAdditionalGIDs(user: string, files: ImageFiles): SpecOpt {
  return change(({ process }) => {
    const before = process.user.additionalGids;
    process.user.additionalGids = groupsListing(user, files);
    ensureAdditionalGids(process.user);
    process.user.additionalGids = mergeGids(process.user.additionalGids, before);
  });
}

function groupsListing(user: string, files: ImageFiles): number[] {
  const uid = atoi(user);
  let name: string | undefined = user;
  if (uid !== undefined && uid !== "range") {
    if (files.passwd === undefined) files.missing("passwd");
    name = parsePasswd(files.passwd ?? "").find((row) => row.uid === uid)?.name;
  }
  if (files.group === undefined) files.missing("group");
  return parseGroup(files.group ?? "")
    .filter((row) => name !== undefined && row.name !== name && row.members.includes(name))
    .map((row) => toUint32(row.gid));
}

/** The request's groups, as 32 bits. */
export function withSupplementalGroups(groups: readonly bigint[]): SpecOpt {
  return change(({ process }) => {
    process.user.additionalGids = mergeGids(process.user.additionalGids, groups.map(toUint32));
  });
}

/** Each once, ascending. */
function mergeGids(a: readonly number[], b: readonly number[]): number[] {
  const all = [...a, ...b];
  return all.length < 2 ? all : [...new Set(all)].sort((x, y) => x - y);
}

/** The primary group is always among them: CVE-2023-25173. */
export function ensureAdditionalGids(user: UserDraft): void {
  if (!user.additionalGids.includes(user.gid)) user.additionalGids.unshift(user.gid);
}
