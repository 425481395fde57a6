// How many capabilities a kernel knows: they are numbered without gaps, so the count is the last one's bit plus one.
// @see linux include/uapi/linux/capability.h (history of CAP_LAST_CAP)
import type { ReleasedRows } from "../model/version.ts";

export const CAPABILITY_COUNT: ReleasedRows<number> = [
  { since: "3.0", value: 37 },
  // CAP_AUDIT_READ
  { since: "3.16", value: 38 },
  // CAP_PERFMON, CAP_BPF
  { since: "5.8", value: 40 },
  // CAP_CHECKPOINT_RESTORE
  { since: "5.9", value: 41 },
];
