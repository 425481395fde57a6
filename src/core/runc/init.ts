// runc's init process, step by step as far as something can refuse it, and how `runc create` words the refusal.
// @see runc v1.3.6 libcontainer/standard_init_linux.go Init
import { atRelease, type Release, type ReleasedRows } from "../model/version.ts";
import { errnoText } from "../rules/errno.ts";
import { callsBefore, callsUnderFilter, canReport, type FilterStyle } from "./callsUnderFilter.ts";
import { execve } from "./execve.ts";
import { DEAD, RUNC_INIT_CALLS } from "./initCalls.ts";
import { initSeccomp } from "./initSeccomp.ts";
import { lookPath } from "./lookPath.ts";
import { prepareRootfs } from "./prepareRootfs.ts";
import { setupRlimits } from "./rlimits.ts";
import { seccompListener } from "./seccompListener.ts";
import { applyProfile, setKeyLabel } from "./securityLabels.ts";
import { SETUP_USER } from "./setupUser.ts";
import type { Refusal, Step } from "./step.ts";
import { uidMap } from "./uidMap.ts";
import { writeSysctls } from "./writeSysctls.ts";

const STARTING = "unable to start container process: ";
const DURING_INIT = "error during container init: ";

/** Up to 1.1 the parent said so only of what the init reported before it was ready to execute. */
const AFTER_READY: ReleasedRows<string> = [
  { since: "1.0", value: "" },
  { since: "1.2", value: DURING_INIT },
];

/** Which steps run before the init tells its parent that it is ready. */
const BEFORE_READY: readonly Step[] = [
  { name: "setKeyLabel", run: setKeyLabel },
  { name: "prepareRootfs", run: prepareRootfs },
  { name: "apparmor", run: applyProfile },
  { name: "writeSysctls", run: writeSysctls },
  { name: "setupRlimits", run: setupRlimits },
];

/** The filter is loaded before the change of user, or with no_new_privs at the very end. */
export function initSteps(version: Release, noNewPrivs: boolean): readonly Step[] {
  const calls = atRelease(RUNC_INIT_CALLS, version);
  if (calls === undefined) return [];
  const afterReady = atRelease(AFTER_READY, version) ?? "";
  const seccomp = [
    worded({ name: "initSeccomp", run: initSeccomp }, afterReady),
    worded({ name: "seccompListener", run: seccompListener }, afterReady),
  ];
  const style: FilterStyle = {
    calls,
    dead: DEAD,
    enosysStub: true,
    prefix: STARTING + afterReady,
    error: errnoText,
    execFailed: (program, error) => `exec ${program}: ${error}`,
  };
  return [
    worded({ name: "uidMap", run: uidMap }, ""),
    ...BEFORE_READY.map((step) => worded(step, DURING_INIT)),
    ...(noNewPrivs ? [] : seccomp),
    ...SETUP_USER.flatMap((step) => {
      const own = worded(step, afterReady);
      return noNewPrivs ? [own] : underFilter(own, FIRST_CALL[step.name], version, style);
    }),
    worded({ name: "lookPath", run: lookPath }, afterReady),
    ...(noNewPrivs ? seccomp : []),
    { name: "callsUnderFilter", run: (one) => callsUnderFilter(one, style) },
    { name: "execve", run: (one) => execve(one, style) },
  ];
}

/** The call at which a step of the change of user decides; runc up to 1.2 reads the ids before any call of its own. */
const FIRST_CALL: Readonly<Record<string, ReleasedRows<string>>> = {
  setupUser: [
    { since: "1.0", value: "newfstatat" },
    { since: "1.3", value: "setgroups" },
  ],
  ApplyCaps: [{ since: "1.0", value: "capset" }],
};

/** Without no_new_privs the filter judges the calls before the step, and an init that may not write dies without a word. */
function underFilter(
  step: Step,
  first: ReleasedRows<string> | undefined,
  version: Release,
  style: FilterStyle,
): readonly Step[] {
  const call = atRelease(first ?? [], version);
  return [
    { name: `callsBefore.${step.name}`, run: (input) => callsBefore(call, input, style) },
    {
      name: step.name,
      run: (input) => {
        const refusal = step.run(input);
        if (refusal === undefined || canReport(input, style)) return refusal;
        return { ...refusal, message: DEAD, phase: "start" };
      },
    },
  ];
}

function worded(step: Step, prefix: string): Step {
  return {
    name: step.name,
    run: (input) => {
      const refusal: Refusal | undefined = step.run(input);
      if (refusal === undefined) return undefined;
      return { ...refusal, message: STARTING + prefix + refusal.message };
    },
  };
}
