// The old spelling of seccomp and AppArmor profiles, a string, as the typed profile it stands for.
// @see containerd v2.1.9 internal/cri/sputil/securityprofile_linux.go generateSecurityProfile
import type { CriSecurityProfile } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";

const LOCALHOST = "localhost/";

export type ProfileOrError =
  | { readonly profile: CriSecurityProfile | undefined; readonly error?: undefined }
  | { readonly error: string };

export function generateSecurityProfile(path: string): ProfileOrError {
  switch (path) {
    case "runtime/default":
    case "docker/default":
    case "":
      return { profile: { type: "RuntimeDefault", localhostRef: "" } };
    case "unconfined":
      return { profile: { type: "Unconfined", localhostRef: "" } };
  }
  if (!path.startsWith(LOCALHOST)) return { error: `invalid profile ${goQuote(path)}` };
  return { profile: { type: "Localhost", localhostRef: trimLocalhost(path) } };
}

/** A prefix `localhost/`, once. */
export function trimLocalhost(ref: string): string {
  return ref.startsWith(LOCALHOST) ? ref.slice(LOCALHOST.length) : ref;
}
