// The user namespace of a pod: which mappings containerd takes, and that a container must have its sandbox's.
// @see containerd v2.1.9 internal/cri/server/helpers.go parseUsernsIDs, sameUsernsConfig; sandbox_run_linux.go setupNetnsWithinUserns
import type { OciIDMapping } from "../model/oci.ts";
import type { CriSecurityContext, CriUserNamespace } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";

type Mappings = CriUserNamespace["uids"];

export type UsernsIDs =
  | {
      readonly uids: readonly OciIDMapping[];
      readonly gids: readonly OciIDMapping[];
      readonly error?: undefined;
    }
  | { readonly error: string };

/** No userns_options: no user namespace, as mode NODE. */
export function parseUsernsIDs(userns: CriUserNamespace | undefined): UsernsIDs {
  if (userns === undefined) return { uids: [], gids: [] };
  const uids = parseUsernsIDMap(userns.uids);
  if (typeof uids === "string") return { error: `UID mapping: ${uids}` };
  const gids = parseUsernsIDMap(userns.gids);
  if (typeof gids === "string") return { error: `GID mapping: ${gids}` };
  const mode = goQuote(String(userns.mode));
  if (userns.mode === "NODE") {
    if (uids.length === 0 && gids.length === 0) return { uids, gids };
    return {
      error: `can't use user namespace mode ${mode} with mappings. Got ${uids.length} UID mappings and ${gids.length} GID mappings`,
    };
  }
  if (userns.mode !== "POD") return { error: `unsupported user namespace mode: ${mode}` };
  if (uids.length === 0 || gids.length === 0) {
    return { error: `can't use user namespace mode ${mode} without UID and GID mappings` };
  }
  return { uids, gids };
}

function parseUsernsIDMap(mappings: Mappings): OciIDMapping[] | string {
  if (mappings.length > 1) {
    return `only one mapping line supported, got ${mappings.length} mapping lines`;
  }
  const short = mappings.find(({ length }) => length < 1);
  if (short !== undefined) return `invalid mapping length: ${short.length}`;
  return mappings.map(toOciMapping);
}

export function toOciMapping(mapping: Mappings[number]): OciIDMapping {
  return {
    containerID: mapping.container_id,
    hostID: mapping.host_id,
    size: mapping.length,
  };
}

/** What containerd 2 asks before it makes the network namespace inside the user namespace. */
export function setupNetnsWithinUserns({ uids, gids }: CriUserNamespace): string | undefined {
  if (uids.length !== 1) {
    return `required only one uid mapping, but got ${uids.length} uid mapping(s)`;
  }
  if (gids.length !== 1) {
    return `required only one gid mapping, but got ${gids.length} gid mapping(s)`;
  }
  if ([...uids, ...gids].every(isTakenByKernel)) return undefined;
  return "failed to start noop process for unshare: fork/exec /proc/self/exe: invalid argument";
}

/** @see linux v6.18 kernel/user_namespace.c map_write: no empty line, nothing beyond 32 bits */
function isTakenByKernel({ container_id, host_id, length }: Mappings[number]): boolean {
  return length > 0 && container_id + length < 2 ** 32 && host_id + length < 2 ** 32;
}

/** Mode and mappings must be the same, and valid. */
export function sameUsernsConfig(
  a: CriSecurityContext["userns"],
  b: CriSecurityContext["userns"],
): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.mode !== b.mode) return false;
  if (parseUsernsIDs(a).error !== undefined || parseUsernsIDs(b).error !== undefined) return false;
  return (
    printMappings(a.uids) === printMappings(b.uids) &&
    printMappings(a.gids) === printMappings(b.gids)
  );
}

/** `%v` of the message. */
export function printUserns(userns: CriSecurityContext["userns"]): string {
  if (userns === undefined) return "nil";
  const { mode, uids, gids } = userns;
  return `&UserNamespace{Mode:${mode},Uids:${printMappings(uids)},Gids:${printMappings(gids)},}`;
}

function printMappings(mappings: Mappings): string {
  const lines = mappings.map(
    ({ host_id, container_id, length }) =>
      `&IDMapping{HostId:${host_id},ContainerId:${container_id},Length:${length},},`,
  );
  return `[]*IDMapping{${lines.join("")}}`;
}
