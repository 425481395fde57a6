// The paths of /proc and /sys that the kubelet asks runtimes to hide or to write-protect, as of the last patch of each release.
import type { Versioned } from "../model/version.ts";

const HIDDEN_SINCE_EVER = [
  "/proc/acpi",
  "/proc/kcore",
  "/proc/keys",
  "/proc/latency_stats",
  "/proc/timer_list",
  "/proc/timer_stats",
  "/proc/sched_debug",
  "/proc/scsi",
  "/sys/firmware",
] as const;
const [ACPI, ...AFTER_ACPI] = HIDDEN_SINCE_EVER;
const POWERCAP = "/sys/devices/virtual/powercap";

/** @see kubernetes v1.37.2 pkg/securitycontext/util.go defaultMaskedPaths */
export const MASKED_PATHS: Versioned<readonly string[]> = [
  { since: "v1.0", value: HIDDEN_SINCE_EVER },
  { since: "v1.27", value: ["/proc/asound", ...HIDDEN_SINCE_EVER] },
  { since: "v1.28", value: ["/proc/asound", ...HIDDEN_SINCE_EVER, POWERCAP] },
  { since: "v1.31", value: ["/proc/asound", ACPI, "/proc/interrupts", ...AFTER_ACPI, POWERCAP] },
];

/** Is each cpu's thermal_throttle masked too, where the node has it? It leaks what other pods compute. */
export const MASKS_THERMAL_THROTTLE: Versioned<boolean> = [{ since: "v1.31", value: true }];

const PROTECTED = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/** @see kubernetes v1.37.2 pkg/securitycontext/util.go defaultReadonlyPaths */
export const READONLY_PATHS: Versioned<readonly string[]> = [
  { since: "v1.0", value: ["/proc/asound", ...PROTECTED] },
  { since: "v1.27", value: PROTECTED },
];
