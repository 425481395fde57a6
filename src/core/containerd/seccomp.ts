// Seccomp: no filter, the default profile for the container's capabilities, or a file of the node.
// @see containerd v2.1.9 internal/cri/sputil/seccomp_linux.go GenerateSeccompSpecOpts; contrib/seccomp/seccomp.go
import type { World } from "../model/world.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";
import { containerdDefaultProfile } from "../rules/seccompDefault.ts";
import { unmarshalSeccomp } from "../rules/seccompJson.ts";
import type { OptOrError } from "./apparmor.ts";
import type { Facts } from "./facts.ts";
import { generateSecurityProfile, type ProfileOrError, trimLocalhost } from "./securityProfile.ts";
import { change, type SpecOpt } from "./specDraft.ts";

/** Privileged containers get none, whatever they ask for. */
export function generateSeccompSpecOpts(sc: CriSecurityContext, facts: Facts): OptOrError {
  const asked = profileOf(sc, facts);
  if (asked.error !== undefined) return asked;
  const { profile } = asked;
  if (sc.privileged || profile === undefined) return { opt: undefined };
  if (profile.type !== "Localhost" && profile.localhostRef !== "") {
    return {
      error: "seccomp config invalid LocalhostRef must only be set if ProfileType is Localhost",
    };
  }
  switch (profile.type) {
    case "Unconfined":
      return { opt: undefined };
    case "RuntimeDefault":
      return { opt: withDefaultProfile(facts) };
    case "Localhost":
      return { opt: withProfile(trimLocalhost(profile.localhostRef), facts) };
    default:
      return { error: "seccomp unknown ProfileType" };
  }
}

function profileOf(sc: CriSecurityContext, { world }: Facts): ProfileOrError {
  if (sc.seccomp !== undefined) return { profile: sc.seccomp };
  const path = sc.seccompProfilePath || (world.runtime.config.unsetSeccompProfile ?? "");
  return path === "" ? { profile: undefined } : generateSecurityProfile(path);
}

/** Follows the capabilities, on which the profile depends. */
function withDefaultProfile({ world }: Facts): SpecOpt {
  return change(({ process, linux }) => {
    linux.seccomp = containerdDefaultProfile(world.runtime.version, {
      bounding: process.capabilities.bounding,
      kernel: world.node.kernel,
      architecture: world.node.architecture ?? "amd64",
    });
  });
}

function withProfile(path: string, facts: Facts): SpecOpt {
  return (draft) => {
    const text = nodeFile(path, facts.world);
    if (text === "unknown") {
      facts.unknown.add("node.seccompProfiles");
      return undefined;
    }
    if (text === undefined) {
      return `cannot load seccomp profile ${goQuote(path)}: open ${path}: no such file or directory`;
    }
    const file = unmarshalSeccomp(text.content);
    if (file.error !== undefined) {
      return `decoding seccomp profile failed ${goQuote(path)}: ${file.error}`;
    }
    draft.linux.seccomp = file.profile;
    return undefined;
  };
}

/**
 * The world names profiles by their path below `<kubeletRoot>/seccomp`, which is where the kubelet points; a request
 * that no kubelet wrote may point elsewhere, so a key is also taken for the end of a path. Relative paths start at the
 * daemon's folder, where no profile is.
 */
export function nodeFile(
  path: string,
  { node }: World,
): { readonly content: string } | "unknown" | undefined {
  if (!path.startsWith("/")) return undefined;
  const files = node.seccompProfiles;
  if (files === undefined) return "unknown";
  const root = `${node.kubeletRoot}/seccomp/`;
  const below = path.startsWith(root) ? path.slice(root.length) : path;
  const key = [path, below].find((name) => Object.hasOwn(files, name)) ?? endOf(path, files);
  const content = key === undefined ? undefined : files[key];
  return content === undefined ? undefined : { content };
}

function endOf(path: string, files: Readonly<Record<string, string>>): string | undefined {
  const keys = Object.keys(files).filter((name) => path.endsWith(`/${name}`));
  return keys.sort((a, b) => b.length - a.length)[0];
}
