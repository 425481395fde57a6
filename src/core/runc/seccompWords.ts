// The words of the OCI runtime spec for seccomp, as runc and crun know them.
// @see runc v1.3.6 libcontainer/seccomp/config.go

export const ACTIONS: ReadonlySet<string> = new Set(
  "KILL ERRNO TRAP ALLOW TRACE LOG NOTIFY KILL_THREAD KILL_PROCESS"
    .split(" ")
    .map((name) => `SCMP_ACT_${name}`),
);
export const OPERATORS: ReadonlySet<string> = new Set(
  "NE LT LE EQ GE GT MASKED_EQ".split(" ").map((name) => `SCMP_CMP_${name}`),
);
export const ARCHITECTURES: ReadonlySet<string> = new Set(
  "X86 X86_64 X32 ARM AARCH64 MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE RISCV64 S390 S390X"
    .split(" ")
    .map((name) => `SCMP_ARCH_${name}`),
);
export const FLAGS_KNOWN: ReadonlySet<string> = new Set(
  "TSYNC SPEC_ALLOW LOG".split(" ").map((name) => `SECCOMP_FILTER_FLAG_${name}`),
);
