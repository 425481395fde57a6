// crun's cache of compiled seccomp filters: which profile's filter a container of a host really gets.
// @see crun 1.28 src/libcrun/seccomp.c calculate_seccomp_checksum, find_in_cache, store_seccomp_cache
import type { OciSeccomp, OciSeccompArg } from "../model/oci.ts";
import { hasSeccompFilter } from "../rules/seccompFilter.ts";
import { generateSeccomp } from "./crunSeccomp.ts";

/**
 * The profile whose filter crun loads for `asked`: the first of this host's earlier ones that has the same checksum and
 * could be compiled, else `asked` itself. The checksum leaves errnoRet out, so two profiles that differ in nothing else
 * share the filter of whichever came first.
 * @param earlier profiles that crun was given on this host before, in order
 */
export function cachedSeccomp(asked: OciSeccomp, earlier: readonly OciSeccomp[]): OciSeccomp {
  const checksum = checksumText(asked);
  for (const profile of earlier) {
    if (!hasSeccompFilter(profile) || checksumText(profile) !== checksum) continue;
    if (generateSeccomp(profile) !== undefined) continue;
    const { listenerPath, listenerMetadata } = asked;
    return {
      ...profile,
      ...(listenerPath === undefined ? {} : { listenerPath }),
      ...(listenerMetadata === undefined ? {} : { listenerMetadata }),
    };
  }
  return asked;
}

/** What goes into the hash of the profile, end to end without separators; what it adds of host and releases is the same for all. */
function checksumText(seccomp: OciSeccomp): string {
  const { defaultErrnoRet = 0, defaultAction = "", flags = [], architectures = [] } = seccomp;
  const rules = (seccomp.syscalls ?? []).map(
    ({ action, names, args = [] }) => action + (names ?? []).join("") + args.map(ofArg).join(""),
  );
  return `${int(defaultErrnoRet, 4)}${[defaultAction, ...flags, ...architectures, ...rules].join("")}`;
}

function ofArg({ index, value, valueTwo, op }: OciSeccompArg): string {
  return `${int(index, 4)}${int(value, 8)}${valueTwo === undefined ? "" : int(valueTwo, 8)}${op}`;
}

/** As its bytes go into the hash: a number has its width, whatever stands beside it. */
function int(value: number | bigint, bytes: number): string {
  return `\0${BigInt.asUintN(bytes * 8, BigInt(value))
    .toString(16)
    .padStart(bytes * 2, "0")}`;
}
