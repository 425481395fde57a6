// An image's /etc/passwd and /etc/group as containerd, dockerd and runc read them: lines with missing or odd fields are taken as they are.
// @see github.com/moby/sys/user user.go ParsePasswdFilter, ParseGroupFilter; runc v1.1.5 libcontainer/user/user.go
import { trimSpace } from "./goStrings.ts";

export interface PasswdEntry {
  readonly name: string;
  readonly uid: number | bigint;
  readonly gid: number | bigint;
  readonly home: string;
}
export interface GroupEntry {
  readonly name: string;
  readonly gid: number | bigint;
  readonly members: readonly string[];
}

/** In the order of the file; blank lines skipped. */
export function parsePasswd(text: string): PasswdEntry[] {
  return linesOf(text).map((line) => {
    const [name = "", , uid = "", gid = "", , home = ""] = line.split(":");
    return { name, uid: looseInt(uid), gid: looseInt(gid), home };
  });
}

/** In the order of the file; blank lines skipped. */
export function parseGroup(text: string): GroupEntry[] {
  return linesOf(text).map((line) => {
    const [name = "", , gid = "", members = ""] = line.split(":");
    return { name, gid: looseInt(gid), members: members === "" ? [] : members.split(",") };
  });
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map(trimSpace)
    .filter((line) => line !== "");
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/** What Go's strconv.Atoi makes of a text: undefined for no number, `range` beyond 64 bits. */
export function atoi(text: string): number | bigint | "range" | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  // Fifteen digits are exact in a number; `-0` is 0.
  if (text.length <= 15) return Number(text) || 0;
  const exact = BigInt(text.replace(/^\+/, ""));
  if (exact > MAX_INT64 || exact < MIN_INT64) return "range";
  const value = Number(exact);
  return Number.isSafeInteger(value) ? value : exact;
}

/** Atoi with its error ignored: 0 for no number, the nearest end beyond 64 bits. */
function looseInt(text: string): number | bigint {
  const value = atoi(text);
  if (value === "range") return text.startsWith("-") ? MIN_INT64 : MAX_INT64;
  return value ?? 0;
}

/** Go's uint32(n). */
export function toUint32(value: number | bigint): number {
  return typeof value === "number" ? value >>> 0 : Number(BigInt.asUintN(32, value));
}
