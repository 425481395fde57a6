// Capabilities that the kernel asks for in the host's own user namespace, so that those of another are worth nothing.

/** @see linux v6.18 the callers of capable() with each of them, where none takes ns_capable() of the namespace at hand */
export const HOST_CAPABILITIES: ReadonlySet<string> = new Set([
  "AUDIT_CONTROL",
  "AUDIT_READ",
  "BLOCK_SUSPEND",
  "BPF",
  "IPC_LOCK",
  "LINUX_IMMUTABLE",
  "MAC_ADMIN",
  "MAC_OVERRIDE",
  "MKNOD",
  "PERFMON",
  "SYSLOG",
  "SYS_MODULE",
  "SYS_NICE",
  "SYS_PACCT",
  "SYS_RAWIO",
  "SYS_RESOURCE",
  "SYS_TIME",
  "WAKE_ALARM",
]);
