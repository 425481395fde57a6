// May a process write to a place? By the mount, then by owner, group and mode, then by CAP_DAC_OVERRIDE.
//
// @see linux v6.18 fs/namei.c acl_permission_check, generic_permission
import type { PlaceFacts } from "../model/tries.ts";
import { toLsMode } from "../rules/fileMode.ts";
import type { Decision, Trier } from "./predictTries.ts";

const DAC_OVERRIDE = 1;
const WRITE = 2;
const SEARCH = 1;

export function mayWrite(place: PlaceFacts, trier: Trier): Decision {
  if (place.readOnly) return readOnly(place);
  const isDirectory = place.type === "directory";
  const wanted = isDirectory ? WRITE | SEARCH : WRITE;
  const uid = trier.inside(place.uid, "uid", place);
  const gid = trier.inside(place.gid, "gid", place);
  const looks = `${toLsMode(isDirectory ? "d" : "-", place.mode)} ${shown(uid)}:${shown(gid)}`;
  const has = (shift: number): boolean => ((place.mode >> shift) & wanted) === wanted;
  if (uid === trier.uid) {
    if (has(6)) return { predicted: true, rule: `${looks}: uid ${uid} owns it`, by: "runAsUser" };
  } else if (gid !== undefined && trier.groups.includes(gid)) {
    if (has(3)) return { predicted: true, ...groupRule(gid, looks, trier) };
  } else if (has(0)) {
    return { predicted: true, rule: `${looks}: everybody may` };
  }
  const mapped = uid !== undefined && gid !== undefined;
  if (mapped && trier.effective(DAC_OVERRIDE)) {
    return { predicted: true, rule: `${looks}: CAP_DAC_OVERRIDE`, by: "capabilities" };
  }
  const who = `uid ${trier.uid}, groups ${trier.groups.join(" ")}`;
  return { predicted: false, rule: `${looks}: not for ${who}`, by: "runAsUser" };
}

function readOnly({ mount }: PlaceFacts): Decision {
  if (mount === undefined) {
    return { predicted: false, rule: "readOnlyRootFilesystem", by: "readOnlyRootFilesystem" };
  }
  return { predicted: false, rule: "the mount is read-only", by: ["volumeMounts", mount] };
}

function groupRule(gid: number, looks: string, trier: Trier): Pick<Decision, "rule" | "by"> {
  if (gid === trier.fsGroup) return { rule: `${looks}: fsGroup ${gid}`, by: "fsGroup" };
  const by = gid === trier.gid ? "runAsGroup" : "supplementalGroups";
  return { rule: `${looks}: group ${gid}`, by };
}

/** Ids without a mapping are nobody's inside. */
function shown(id: number | undefined): string {
  return id === undefined ? "nobody" : String(id);
}
