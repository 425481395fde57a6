// The container's privileges: Docker's HostConfig out of CRI's security context.
import type { HostConfig } from "../model/docker.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { appArmorProfileOf, fmtDockerOpts, type Separator } from "./securityOpts.ts";

/** Fields that a later step goes on to change. */
export type HostConfigDraft = { -readonly [K in keyof HostConfig]: HostConfig[K] } & {
  SecurityOpt: readonly string[];
};

/**
 * Options come in this order: labels, AppArmor, no-new-privileges. Masked and read-only paths of a privileged container
 * are left to the daemon.
 * @see kubernetes v1.23.17 pkg/kubelet/dockershim/security_context.go modifyHostConfig
 */
export function modifyHostConfig(sc: CriSecurityContext, separator: Separator): HostConfigDraft {
  return {
    Privileged: sc.privileged,
    ReadonlyRootfs: sc.readonlyRootfs,
    CapAdd: orNull(sc.capabilities?.add_capabilities),
    CapDrop: orNull(sc.capabilities?.drop_capabilities),
    GroupAdd: orNull(sc.supplementalGroups.map(String)),
    SecurityOpt: [
      ...addSELinuxOptions(sc.selinux, separator),
      ...getApparmorSecurityOpts(appArmorProfileOf(sc), separator),
      ...(sc.noNewPrivs ? ["no-new-privileges"] : []),
    ],
    MaskedPaths: sc.privileged ? null : orNull(sc.maskedPaths),
    ReadonlyPaths: sc.privileged ? null : orNull(sc.readonlyPaths),
  };
}

/** gRPC carries no empty list: it arrives as none, and goes out as null. */
export function orNull<T>(list: readonly T[] | undefined): readonly T[] | null {
  return list === undefined || list.length === 0 ? null : list;
}

/** @see selinux_util.go addSELinuxOptions */
function addSELinuxOptions(options: CriSecurityContext["selinux"], separator: Separator): string[] {
  if (options === undefined) return [];
  return (["user", "role", "type", "level"] as const)
    .filter((name) => options[name] !== "")
    .map((name) => `label${separator}${name}:${options[name]}`);
}

/** @see helpers.go getApparmorSecurityOpts, getAppArmorOpts */
function getApparmorSecurityOpts(profile: string, separator: Separator): string[] {
  if (profile === "" || profile === "runtime/default") return [];
  return fmtDockerOpts(
    [{ key: "apparmor", value: profile.replace(/^localhost\//, "") }],
    separator,
  );
}
