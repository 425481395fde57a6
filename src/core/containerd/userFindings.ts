// Remarks on users and groups: where the numbers that a process gets are not those that were written.

import { userOfImage } from "../rules/imageUser.ts";
import { parsePasswd, toUint32 } from "../rules/passwd.ts";
import type { Remark, Remarkable } from "./findings.ts";
import { generateUserString } from "./userString.ts";

const GROUPS = {
  field: "supplementalGroups",
  path: ["spec", "securityContext", "supplementalGroups"],
};

export function userFindings(of: Remarkable): Remark[] {
  return [...groupFindings(of), ...gidZero(of)];
}

function groupFindings({ sc, input, facts }: Remarkable): Remark[] {
  const { release } = facts;
  const remarks: Remark[] = [];
  if (sc.supplementalGroupsPolicy !== "Merge" && !release.supplementalGroupsPolicy) {
    remarks.push({
      id: "strictIgnored",
      severity: "warning",
      field: "supplementalGroupsPolicy",
      path: ["spec", "securityContext", "supplementalGroupsPolicy"],
      message:
        "this containerd knows no supplementalGroupsPolicy: groups of the image's /etc/group are merged as ever",
    });
  }
  for (const group of sc.supplementalGroups) {
    const kept = toUint32(group);
    if (BigInt(kept) === group) continue;
    const message = `group ${group} does not fit into 32 bits: the process gets group ${kept}`;
    remarks.push({ id: "groupTruncated", severity: "warning", ...GROUPS, message });
  }
  const imageUser = userOfImage(input.image ?? {}) ?? "";
  const fromImage = sc.runAsUser === undefined && sc.runAsUsername === "" && imageUser !== "";
  if (fromImage && release.groupsOfImageUser === "root" && !/^(0|root)(:|$)/.test(imageUser)) {
    const message = `this containerd gives a user taken from the image (${imageUser}) the groups of root`;
    remarks.push({ id: "groupsOfRoot", severity: "warning", ...GROUPS, message });
  }
  return remarks;
}

function gidZero({ sc, input, out }: Remarkable): Remark[] {
  const user = out.spec?.process?.user;
  if (input.imageFilesUnknown === true && input.image?.passwd === undefined) return [];
  const asked = generateUserString(sc);
  if (user === undefined || user.uid === 0 || user.gid !== 0 || asked.error !== undefined)
    return [];
  const text = asked.text === "" ? (userOfImage(input.image ?? {}) ?? "") : asked.text;
  // A user that /etc/passwd puts into group 0 is meant to be there.
  if (text.includes(":") || !/^\d+$/.test(text) || hasEntry(text, input.image?.passwd)) return [];
  const message = `uid ${user.uid} is not in the image's /etc/passwd: its primary group is 0 (root) without runAsGroup`;
  return [
    {
      id: "gidZero",
      severity: "note",
      field: "runAsGroup",
      path: ["securityContext", "runAsGroup"],
      message,
    },
  ];
}

function hasEntry(uid: string, passwd: string | undefined): boolean {
  return parsePasswd(passwd ?? "").some((row) => String(row.uid) === uid);
}
