// What of an OCI spec and of an answer counts in a comparison: test/golden/RUNTIMES.md and lsm/README.md, "What is compared".
import type { OciSeccomp, OciSpec } from "../../src/core/model/oci.ts";
import { goldenJson } from "../golden.ts";

type Levels = (level: string) => string;

/** The compared parts; absent where nothing was recorded. `folder` holds the profiles that a recording points to. */
export function comparedSpec(
  spec: OciSpec | undefined,
  folder: string,
  levels: Levels = (level) => level,
): object | undefined {
  if (spec === undefined) return undefined;
  const { process, root, linux, mounts } = spec;
  return {
    process: {
      user: process?.user,
      capabilities: process?.capabilities,
      noNewPrivileges: process?.noNewPrivileges === true,
      apparmorProfile: process?.apparmorProfile,
      selinuxLabel: comparedLabel(process?.selinuxLabel, levels),
    },
    readonly: root?.readonly === true,
    maskedPaths: linux?.maskedPaths,
    readonlyPaths: linux?.readonlyPaths,
    sysctl: linux?.sysctl,
    seccomp: expanded(linux?.seccomp, folder),
    uidMappings: linux?.uidMappings,
    gidMappings: linux?.gidMappings,
    devices: linux?.devices,
    deviceRules: linux?.resources?.devices,
    mountLabel: comparedLabel(linux?.mountLabel, levels),
    namespaces: linux?.namespaces?.map(({ type }) => type),
    mounts: mounts?.map(({ destination, type, options }) => ({ destination, type, options })),
  };
}

/** Large profiles stand in a file of their own, by hash. */
function expanded(seccomp: OciSeccomp | undefined, folder: string): unknown {
  const ref = (seccomp as { readonly $ref?: string } | undefined)?.$ref;
  if (ref === undefined) return seccomp;
  const [file, hash = ""] = ref.split("#");
  return goldenJson<Record<string, unknown>>(`${folder}/${file}`)[hash];
}

function comparedLabel(label: string | undefined, levels: Levels): string | undefined {
  if (label === undefined) return undefined;
  const [user, role, type, ...level] = label.split(":");
  return [user, role, type, levels(level.join(":"))].join(":");
}

/**
 * Names categories that a runtime has drawn by the order in which they appear, so that pods agree when they share and
 * differ in the same places. Levels that were asked for stay as they are.
 */
export function drawnLevels(asked: readonly string[]): Levels {
  const names = new Map<string, string>();
  return (level) => {
    const match = /^(?:.*:)?s0:c(\d+),c(\d+)$/.exec(level);
    if (asked.includes(level) || match === null || Number(match[1]) >= Number(match[2])) {
      return level;
    }
    const pair = `c${match[1]},c${match[2]}`;
    const name = names.get(pair) ?? `drawn${names.size + 1}`;
    names.set(pair, name);
    return level.replace(pair, name);
  };
}
