// A seccomp profile as Docker writes it: the OCI form, with rules that depend on capabilities, architecture and kernel.
import type { OciSeccomp, OciSyscall } from "./oci.ts";

/** All that is named must hold; architectures as libseccomp calls them (`amd64`, `x32`), `minKernel` as `4.8`. */
export interface SeccompFilter {
  readonly caps?: readonly string[];
  readonly arches?: readonly string[];
  readonly minKernel?: string;
}
export interface SeccompRule extends Omit<OciSyscall, "names"> {
  readonly names?: readonly string[] | null;
  /** The old form of `names`, for one syscall. */
  readonly name?: string;
  readonly comment?: string;
  readonly includes?: SeccompFilter;
  readonly excludes?: SeccompFilter;
}
export interface SeccompArchitecture {
  readonly architecture: string;
  readonly subArchitectures?: readonly string[] | null;
}
export interface SeccompProfile extends Omit<OciSeccomp, "syscalls"> {
  readonly archMap?: readonly SeccompArchitecture[];
  readonly syscalls?: readonly SeccompRule[];
}

/** What a profile's conditions are asked of. */
export interface SeccompFacts {
  /** Bounding set of the container, `CAP_` names. */
  readonly bounding: readonly string[];
  readonly kernel: `${number}.${number}`;
  /** As Go calls it: `amd64`, `arm64`, `s390x`. */
  readonly architecture: string;
}
