// Docker's security options: seccomp for a container, no-new-privileges for every sandbox.
// @see kubernetes v1.23.17 pkg/kubelet/dockershim/helpers_linux.go
import type { World } from "../model/world.ts";
import { compactJson } from "../rules/compactJson.ts";
import type { CriSecurityContext, CriSecurityProfile } from "../rules/criSecurityContext.ts";
import { goJsonSyntaxError } from "../rules/goJsonSyntax.ts";
import { goQuote } from "../rules/goText.ts";
import { nodeSeccompFile } from "../rules/seccompFiles.ts";

/** Between an option's name and its value: `:` for Docker API versions before 1.23, `=` since. */
export type Separator = ":" | "=";

/** What dockershim of 1.23 writes. @see helpers.go securityOptSeparator */
export const SECURITY_OPT_SEPARATOR: Separator = "=";

export interface DockerOpt {
  readonly key: string;
  readonly value: string;
}
export type OptsOrError =
  | { readonly opts: readonly string[]; readonly unknown?: string; readonly error?: undefined }
  | { readonly error: string };

const LOCALHOST = "localhost/";

/** @see helpers_linux.go getSecurityOpts */
export function getSecurityOpts(
  seccompProfile: string,
  separator: Separator,
  world: World,
): OptsOrError {
  const seccomp = getSeccompSecurityOpts(seccompProfile, separator, world);
  if (seccomp.error === undefined) return seccomp;
  return { error: `failed to generate seccomp security options for container: ${seccomp.error}` };
}

/** Sandboxes get no seccomp option: the daemon's default profile. @see helpers_linux.go getSandBoxSecurityOpts */
export function getSandBoxSecurityOpts(): readonly string[] {
  return ["no-new-privileges"];
}

/** @see helpers_linux.go getSeccompSecurityOpts */
export function getSeccompSecurityOpts(
  seccompProfile: string,
  separator: Separator,
  world: World,
): OptsOrError {
  const found = getSeccompDockerOpts(seccompProfile, world);
  if (found.error !== undefined) return found;
  const opts = fmtDockerOpts(found.opts, separator);
  return found.unknown === undefined ? { opts } : { opts, unknown: found.unknown };
}

type DockerOptsOrError =
  | { readonly opts: readonly DockerOpt[]; readonly unknown?: string; readonly error?: undefined }
  | { readonly error: string };

/** No option at all makes the daemon load its default profile. @see helpers_linux.go getSeccompDockerOpts */
function getSeccompDockerOpts(profile: string, world: World): DockerOptsOrError {
  if (profile === "" || profile === "unconfined")
    return { opts: [{ key: "seccomp", value: "unconfined" }] };
  if (profile === "runtime/default" || profile === "docker/default") return { opts: [] };
  if (!profile.startsWith(LOCALHOST))
    return { error: `unknown seccomp profile option: ${profile}` };
  const name = profile.slice(LOCALHOST.length);
  if (!name.startsWith("/")) {
    return {
      error: `seccomp profile path must be absolute, but got relative path ${goQuote(name)}`,
    };
  }
  const file = nodeSeccompFile(name, world);
  if (file === "unknown") return { opts: [], unknown: "node.seccompProfiles" };
  if (file === "missing")
    return { error: cannotLoad(name, `open ${name}: no such file or directory`) };
  if (file === "directory") return { error: cannotLoad(name, `read ${name}: is a directory`) };
  const error = goJsonSyntaxError(file.content);
  return error === undefined
    ? { opts: [{ key: "seccomp", value: compactJson(file.content) }] }
    : { error };
}

function cannotLoad(name: string, why: string): string {
  return `cannot load seccomp profile ${goQuote(name)}: ${why}`;
}

/** @see helpers.go fmtDockerOpts */
export function fmtDockerOpts(opts: readonly DockerOpt[], separator: Separator): string[] {
  return opts.map(({ key, value }) => `${key}${separator}${value}`);
}

/**
 * The kubelet of 1.23 sends the profile as a string too; a newer one sends the typed profile alone, which the CRI in
 * front of Docker then words as that string.
 */
export function seccompProfileOf(sc: CriSecurityContext): string {
  return sc.seccompProfilePath !== "" ? sc.seccompProfilePath : profileString(sc.seccomp);
}

/** As `seccompProfileOf`, of AppArmor. */
export function appArmorProfileOf(sc: CriSecurityContext): string {
  return sc.apparmorProfile !== "" ? sc.apparmorProfile : profileString(sc.apparmor);
}

function profileString(profile: CriSecurityProfile | undefined): string {
  if (profile === undefined) return "";
  if (profile.type === "Localhost") return `${LOCALHOST}${profile.localhostRef}`;
  return profile.type === "RuntimeDefault" ? "runtime/default" : "unconfined";
}
