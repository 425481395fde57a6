// Remarks on users and groups: where the numbers that a process gets are not those that a person expects.
import { userOfImage } from "../rules/imageUser.ts";
import { parseGroup, parsePasswd } from "../rules/passwd.ts";
import type { Remark, Remarkable } from "./findings.ts";

export function userFindings({ request, input, out, facts }: Remarkable): Remark[] {
  const user = out.spec?.process?.user;
  const { passwd = "", group = "" } = input.image ?? {};
  const [name = "", ownGroup = ""] = (request.user || (userOfImage(input.image ?? {}) ?? "")).split(
    ":",
  );
  if (user === undefined || name === "") return [];
  const entry = parsePasswd(passwd).find((row) => row.name === name || String(row.uid) === name);
  const listed = parseGroup(group).filter(
    ({ members }) => entry !== undefined && members.includes(entry.name),
  );
  if (ownGroup !== "" && listed.length > 0) {
    const names = listed.map((row) => row.name).join(", ");
    const message = `a user with a group (${name}:${ownGroup}) does not get the groups of the image's /etc/group that list him: ${names}`;
    const path = ["spec", "securityContext", "supplementalGroups"];
    return [{ id: "groupsNotAdded", severity: "note", field: "supplementalGroups", path, message }];
  }
  const isUnlisted = ownGroup === "" && entry === undefined && !facts.unknown.has("image.passwd");
  if (!isUnlisted || user.gid !== 0) return [];
  const message = `uid ${user.uid} is not in the image's /etc/passwd: its primary group is 0 (root) without runAsGroup`;
  const path = ["securityContext", "runAsGroup"];
  return [{ id: "gidZero", severity: "note", field: "runAsGroup", path, message }];
}
