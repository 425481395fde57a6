// Names of sysctls: the spelling with dots, and the kernel namespace that a sysctl belongs to.
import { at, type KubeMinor, type Versioned } from "../model/version.ts";

/**
 * `net/core/somaxconn` → `net.core.somaxconn`; slashes and dots are swapped, and only if a slash comes first.
 * @see kubernetes v1.37.2 component-helpers/node/util/sysctl/sysctl.go NormalizeName
 */
export function normalizeSysctlName(name: string): string {
  const separator = /[./]/.exec(name);
  if (separator === null || separator[0] === ".") return name;
  return name.replace(/[./]/g, (char) => (char === "." ? "/" : "."));
}

/** As the kubelet's messages spell it: `Net`, before 1.29 `net`. */
export interface SysctlNamespace {
  readonly kind: "ipc" | "net" | "uts" | "user";
  readonly label: string;
}

interface NamespaceTable {
  readonly names: Readonly<Record<string, SysctlNamespace>>;
  readonly prefixes: Readonly<Record<string, SysctlNamespace>>;
}

const OLD_IPC: SysctlNamespace = { kind: "ipc", label: "ipc" };
const OLD_NET: SysctlNamespace = { kind: "net", label: "net" };
const IPC: SysctlNamespace = { kind: "ipc", label: "IPC" };
const NET: SysctlNamespace = { kind: "net", label: "Net" };
const UTS: SysctlNamespace = { kind: "uts", label: "UTS" };
const USER: SysctlNamespace = { kind: "user", label: "User" };

const IPC_NAMES = {
  "kernel.sem": IPC,
  "kernel.shmall": IPC,
  "kernel.shmmax": IPC,
  "kernel.shmmni": IPC,
  "kernel.shm_rmid_forced": IPC,
  "kernel.shm": IPC,
  "kernel.msgmax": IPC,
  "kernel.msgmnb": IPC,
  "kernel.msgmni": IPC,
  "kernel.msg": IPC,
} as const;

/**
 * @see kubernetes v1.23.17 pkg/kubelet/sysctl/namespace.go NamespacedBy
 * @see kubernetes v1.37.2 component-helpers/node/util/sysctl/namespace.go namespaceOf
 */
const NAMESPACES: Versioned<NamespaceTable> = [
  {
    since: "v1.0",
    value: {
      names: { "kernel.sem": OLD_IPC },
      prefixes: {
        "kernel.shm": OLD_IPC,
        "kernel.msg": OLD_IPC,
        "fs.mqueue.": OLD_IPC,
        "net.": OLD_NET,
      },
    },
  },
  { since: "v1.29", value: { names: IPC_NAMES, prefixes: { "net.": NET, "fs.mqueue.": IPC } } },
  {
    since: "v1.37",
    value: {
      names: { "kernel.domainname": UTS, ...IPC_NAMES },
      prefixes: { "net.": NET, "fs.mqueue.": IPC, "user.": USER },
    },
  },
];

/** The namespace of a sysctl, or of a pattern's part before its `*`; undefined: not known to be namespaced. */
export function sysctlNamespace(name: string, version: KubeMinor): SysctlNamespace | undefined {
  const table = at(NAMESPACES, version);
  if (table === undefined) return undefined;
  if (Object.hasOwn(table.names, name)) return table.names[name];
  for (const [prefix, namespace] of Object.entries(table.prefixes)) {
    if (name.startsWith(prefix)) return namespace;
  }
  return undefined;
}
