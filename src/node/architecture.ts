// This machine's architecture as Go names it: images, seccomp profiles and Kubernetes speak Go.

/** Where Node's name differs. */
const GO_NAMES: Readonly<Record<string, string>> = {
  x64: "amd64",
  ia32: "386",
  ppc64: "ppc64le",
  mipsel: "mipsle",
};

/** `amd64`, `arm64`, `s390x` … */
export function goArchitecture(machine: string = process.arch): string {
  return GO_NAMES[machine] ?? machine;
}
