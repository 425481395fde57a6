// critest's cases that a pod can ask for.
// @see kubernetes-sigs/cri-tools pkg/validate/security_context_linux.go
import { CANNOT_GIVE, NO_SYS_RESOURCE, type PodCase, pod } from "../case.ts";

const SUITE = "critest";
const SECCOMP = "grep ^Seccomp: /proc/self/status";
const SET_MTU = "ip link set lo mtu 1400";
const PING = "ping -c 1 -W 1 127.0.0.1";
const LOCALHOST = (file: string) => ({
  seccompProfile: { type: "Localhost", localhostProfile: file },
});

function profile(...blocked: string[]): string {
  const syscalls = [{ names: blocked, action: "SCMP_ACT_ERRNO" }];
  return JSON.stringify({ defaultAction: "SCMP_ACT_ALLOW", syscalls });
}

/** Files of the node's seccomp folder. */
export const SECCOMP_PROFILES: Readonly<Record<string, string>> = {
  "block-chmod.json": profile("chmod", "fchmod", "fchmodat", "fchmodat2"),
  "block-hostname.json": profile("sethostname"),
};

export const CRITEST: readonly PodCase[] = [
  ...(["hostPID", "hostIPC", "hostNetwork"] as const).flatMap((field) => {
    const name = ({ hostPID: "pid", hostIPC: "ipc", hostNetwork: "net" } as const)[field];
    return [true, false].map((value) => ({
      name: `${field}: ${value}`,
      origin: `${SUITE}: ${field.replace("host", "Host")} ${value}`,
      pod: pod({ script: "true", spec: { [field]: value } }),
      expected: {
        exitCode: 0,
        observed: {
          namespaces: {
            [name]: value ? "host" : name === "pid" ? "own" : "sandbox",
          } as { net?: "host" | "sandbox" },
        },
      },
    }));
  }),
  {
    name: "shareProcessNamespace: true",
    origin: `${SUITE}: PodPID`,
    pod: pod({ script: "test $$$$ -ne 1", spec: { shareProcessNamespace: true } }),
    expected: { exitCode: 0, observed: { namespaces: { pid: "sandbox" } } },
  },
  {
    name: "shareProcessNamespace: false",
    origin: `${SUITE}: ContainerPID`,
    pod: pod({ script: "test $$$$ -eq 1", spec: { shareProcessNamespace: false } }),
    expected: { exitCode: 0, observed: { namespaces: { pid: "own" } } },
  },
  {
    name: "the name of the image's user",
    origin: `${SUITE}: RunAsUserName`,
    pod: pod({ script: "id -nu", image: "demo/busybox:uapp" }),
    expected: { exitCode: 0, logs: /^app$/m },
  },
  {
    name: "runAsGroup",
    origin: `${SUITE}: RunAsGroup`,
    pod: pod({ script: "id", context: { runAsUser: 1001, runAsGroup: 1002 } }),
    expected: { exitCode: 0, logs: /uid=1001 gid=1002/ },
  },
  {
    name: "NET_ADMIN added",
    origin: `${SUITE}: adding NET_ADMIN`,
    pod: pod({ script: SET_MTU, context: { capabilities: { add: ["NET_ADMIN"] } } }),
    expected: { exitCode: 0 },
  },
  {
    name: "no NET_ADMIN by default",
    origin: `${SUITE}: not adding NET_ADMIN`,
    pod: pod({ script: SET_MTU }),
    expected: { exitCode: "not 0", logs: /Operation not permitted/ },
  },
  {
    name: "NET_RAW by default",
    origin: `${SUITE}: ping with the default capabilities`,
    pod: pod({ script: PING }),
    expected: { exitCode: 0, logs: /1 packets received/ },
  },
  {
    name: "NET_RAW dropped",
    origin: `${SUITE}: dropping NET_RAW`,
    pod: pod({ script: PING, context: { capabilities: { drop: ["NET_RAW"] } } }),
    expected: { exitCode: "not 0", logs: /permission denied/i },
  },
  {
    name: "ALL added",
    origin: `${SUITE}: adding ALL capabilities`,
    pod: pod({ script: SET_MTU, context: { capabilities: { add: ["ALL"] } } }),
    expected: { exitCode: 0 },
    deviations: [{ ...NO_SYS_RESOURCE, expected: CANNOT_GIVE }],
  },
  {
    name: "ALL dropped",
    origin: `${SUITE}: dropping ALL capabilities`,
    pod: pod({
      script: "grep ^Cap /proc/self/status; chown 1 /tmp",
      context: { capabilities: { drop: ["ALL"] } },
    }),
    expected: { exitCode: "not 0", logs: /^CapBnd:\s0{16}$/m },
  },
  {
    name: "masked paths",
    origin: `${SUITE}: MaskedPaths`,
    pod: pod({ script: 'test -z "$(cat /proc/timer_list)"' }),
    expected: {
      exitCode: 0,
      observed: { masked: ["/proc/timer_list", "/sys/firmware"] },
    },
  },
  {
    name: "read-only paths",
    origin: `${SUITE}: ReadonlyPaths`,
    pod: pod({ script: "echo 1 >/proc/sys/vm/swappiness" }),
    expected: {
      exitCode: "not 0",
      logs: /Read-only file system/,
      observed: { readonly: ["/proc/sys", "/proc/irq"] },
    },
  },
  {
    name: "a Localhost profile blocks chmod",
    origin: `${SUITE}: seccomp localhost profile on the container`,
    pod: pod({ script: "chmod 400 /tmp", context: LOCALHOST("block-chmod.json") }),
    expected: { exitCode: "not 0", logs: /Operation not permitted/ },
  },
  {
    name: "SYS_ADMIN and Unconfined may set the host name",
    origin: `${SUITE}: seccomp unconfined with SYS_ADMIN`,
    pod: pod({
      script: "hostname critest",
      context: {
        capabilities: { add: ["SYS_ADMIN"] },
        seccompProfile: { type: "Unconfined" },
      },
    }),
    expected: { exitCode: 0 },
  },
  {
    name: "a Localhost profile blocks it despite SYS_ADMIN",
    origin: `${SUITE}: seccomp localhost profile with SYS_ADMIN`,
    pod: pod({
      script: "hostname critest",
      context: { capabilities: { add: ["SYS_ADMIN"] }, ...LOCALHOST("block-hostname.json") },
    }),
    expected: { exitCode: "not 0", logs: /Operation not permitted/ },
  },
  {
    name: "privileged ignores a Localhost profile",
    origin: `${SUITE}: seccomp localhost profile with privileged`,
    pod: pod({
      script: `hostname critest && ${SECCOMP}`,
      context: { privileged: true, ...LOCALHOST("block-hostname.json") },
    }),
    expected: { exitCode: 0, logs: /^Seccomp:\s0$/m },
    deviations: [{ ...NO_SYS_RESOURCE, expected: CANNOT_GIVE }],
  },
  ...[true, false].map((value) => ({
    name: `NoNewPrivs ${value}`,
    origin: `${SUITE}: NoNewPrivs ${value}`,
    pod: pod({
      script: "grep ^NoNewPrivs /proc/self/status; /suid/cat /proc/self/status | grep ^Uid",
      context: { runAsUser: 1000, allowPrivilegeEscalation: !value },
    }),
    expected: {
      exitCode: 0,
      logs: value ? /^NoNewPrivs:\s1\nUid:\s1000\s1000/m : /^NoNewPrivs:\s0\nUid:\s1000\s0/m,
    },
  })),
];
