// Names of processor architectures: Go's, libseccomp's short ones, and the SCMP_ARCH_ names of profiles.
// @see moby v26.1.5 profiles/seccomp/seccomp_linux.go; containerd v2.1.9 contrib/seccomp/seccomp_default.go arches
import type { SeccompArchitecture } from "../model/seccompProfile.ts";

export interface ArchitectureNames {
  /** As the `arches` of a rule spell it. */
  readonly native: string;
  readonly seccomp?: string;
}

/** By Go's name. */
export const ARCHITECTURES: Readonly<Record<string, ArchitectureNames>> = {
  "386": { native: "x86", seccomp: "SCMP_ARCH_X86" },
  amd64: { native: "amd64", seccomp: "SCMP_ARCH_X86_64" },
  arm: { native: "arm", seccomp: "SCMP_ARCH_ARM" },
  arm64: { native: "arm64", seccomp: "SCMP_ARCH_AARCH64" },
  mips64: { native: "mips64", seccomp: "SCMP_ARCH_MIPS64" },
  mips64p32: { native: "mips64n32", seccomp: "SCMP_ARCH_MIPS64N32" },
  mips64le: { native: "mipsel64", seccomp: "SCMP_ARCH_MIPSEL64" },
  mips64p32le: { native: "mips3l64n32", seccomp: "SCMP_ARCH_MIPSEL64N32" },
  mipsle: { native: "mipsel" },
  ppc: { native: "ppc", seccomp: "SCMP_ARCH_PPC" },
  ppc64: { native: "ppc64", seccomp: "SCMP_ARCH_PPC64" },
  ppc64le: { native: "ppc64le", seccomp: "SCMP_ARCH_PPC64LE" },
  s390: { native: "s390", seccomp: "SCMP_ARCH_S390" },
  s390x: { native: "s390x", seccomp: "SCMP_ARCH_S390X" },
};

/** Docker's archMap: an architecture and what its kernels run besides. */
export const DOCKER_ARCH_MAP: readonly SeccompArchitecture[] = [
  sub("X86_64", ["X86", "X32"]),
  sub("AARCH64", ["ARM"]),
  sub("MIPS64", ["MIPS", "MIPS64N32"]),
  sub("MIPS64N32", ["MIPS", "MIPS64"]),
  sub("MIPSEL64", ["MIPSEL", "MIPSEL64N32"]),
  sub("MIPSEL64N32", ["MIPSEL", "MIPSEL64"]),
  sub("S390X", ["S390"]),
  sub("RISCV64", []),
];

/** containerd's `architectures`, by Go's name; it writes none for the others. */
export const CONTAINERD_ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  amd64: names("X86_64", "X86", "X32"),
  arm64: names("ARM", "AARCH64"),
  mips64: names("MIPS", "MIPS64", "MIPS64N32"),
  mips64n32: names("MIPS", "MIPS64", "MIPS64N32"),
  mipsel64: names("MIPSEL", "MIPSEL64", "MIPSEL64N32"),
  mipsel64n32: names("MIPSEL", "MIPSEL64", "MIPSEL64N32"),
  s390x: names("S390", "S390X"),
  riscv64: names("RISCV64"),
};

function names(...short: string[]): readonly string[] {
  return short.map((name) => `SCMP_ARCH_${name}`);
}

function sub(architecture: string, also: readonly string[]): SeccompArchitecture {
  return { architecture: `SCMP_ARCH_${architecture}`, subArchitectures: names(...also) };
}
