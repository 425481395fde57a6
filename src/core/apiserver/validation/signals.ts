// The signals that may stop a container, in the order in which the server lists them.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go supportedStopSignalsLinux
import { compareGoStrings } from "../../rules/goText.ts";

const NAMES =
  "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX";

/** Real-time signals are counted from both ends. */
const REAL_TIME = [
  ...Array.from({ length: 15 }, (_, index) => `SIGRTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `SIGRTMAX-${index + 1}`),
];
export const LINUX_SIGNALS: readonly string[] = [
  ...NAMES.split(" ").map((name) => `SIG${name}`),
  ...REAL_TIME,
].sort(compareGoStrings);
export const WINDOWS_SIGNALS: readonly string[] = ["SIGKILL", "SIGTERM"];
