// Which of the init's own calls a seccomp profile refuses first, and what the runtime then says.
import { hasSeccompFilter, seccompVerdict } from "../rules/seccompFilter.ts";
import type { InitCall, InitCalls } from "./initCalls.ts";
import type { Refusal, StepInput } from "./step.ts";

export interface FilterStyle {
  readonly calls: InitCalls;
  /** What the runtime says of an init that was killed before it could be started. */
  readonly dead: string;
  /** runc answers ENOSYS for calls newer than the profile, crun does not. */
  readonly enosysStub: boolean;
  /** Before a text that the init itself reports. */
  readonly prefix: string;
  /** How its language prints the kernel's errors. */
  readonly error: (errno: number) => string;
  /** What it says of an exec that failed. */
  readonly execFailed: (program: string, error: string) => string;
}

/** Every call, and the exec behind them. */
export function callsUnderFilter(input: StepInput, style: FilterStyle): Refusal | undefined {
  return callsBefore(undefined, input, style) ?? execveUnderFilter(input, style);
}

/** The calls up to the first one of that name: what an init has behind it when it makes that one. */
export function callsBefore(
  name: string | undefined,
  input: StepInput,
  style: FilterStyle,
): Refusal | undefined {
  const { spec } = input;
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const { calls, enosysStub } = style;
  const path = ["linux", "seccomp"];
  for (const call of spec.process?.noNewPrivileges === true ? calls.late : calls.early) {
    if (call.name === name) return undefined;
    if (call.nonRootOnly === true && (spec.process?.user?.uid ?? 0) === 0) continue;
    const facts = call.args === undefined ? { enosysStub } : { enosysStub, args: call.args };
    const verdict = seccompVerdict(seccomp, call.name, facts);
    if (verdict.kind === "allow") continue;
    const phase = call.phase ?? "create";
    if (verdict.kind === "kill") {
      if (phase === "exec") return { message: "", path, phase };
      return {
        message: call.phase === undefined ? style.dead : (call.text ?? style.dead),
        path,
        phase: "start",
      };
    }
    if (verdict.errno === 0 || call.text === undefined) continue;
    if (call.tolerates?.includes(verdict.errno) === true) continue;
    if (phase === "create" && !canReport(input, style)) {
      return { message: style.dead, path, phase: "start" };
    }
    return { message: textOf(call, style, verdict.errno, input), path, phase };
  }
  return undefined;
}

/** The outcomes beside the predicted one, where a refused call lets chance decide: see InitCall. */
export function racesUnderFilter({ spec }: StepInput, calls: InitCalls): readonly string[] {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return NONE;
  for (const { name, races } of spec.process?.noNewPrivileges === true ? calls.late : calls.early) {
    if (races === undefined) continue;
    const verdict = seccompVerdict(seccomp, name, { enosysStub: true });
    if (verdict.kind === "errno" && verdict.errno !== 0) return races;
  }
  return NONE;
}

const NONE: readonly string[] = [];

/** An init that may not write cannot say why it ends: it is found dead. */
export function canReport(
  { spec }: StepInput,
  { enosysStub }: Pick<FilterStyle, "enosysStub">,
): boolean {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return true;
  const verdict = seccompVerdict(seccomp, "write", { enosysStub });
  return verdict.kind === "allow" || (verdict.kind === "errno" && verdict.errno === 0);
}

/** The exec itself: the runtime has done its part, so only the container's exit tells. */
function execveUnderFilter({ spec }: StepInput, style: FilterStyle): Refusal | undefined {
  const seccomp = spec.linux?.seccomp;
  if (!hasSeccompFilter(seccomp)) return undefined;
  const verdict = seccompVerdict(seccomp, "execve", { enosysStub: style.enosysStub });
  if (verdict.kind === "allow" || (verdict.kind === "errno" && verdict.errno === 0))
    return undefined;
  const path = ["linux", "seccomp"];
  if (verdict.kind === "kill") return { message: "", path, phase: "exec" };
  const program = spec.process?.args?.[0] ?? "";
  const message = style.execFailed(program, style.error(verdict.errno));
  return { message, path, phase: "exec" };
}

function textOf(
  { text = "", phase }: InitCall,
  style: FilterStyle,
  errno: number,
  { spec }: StepInput,
): string {
  const { process } = spec;
  const filled = text
    .replace("@cwd", process?.cwd ?? "")
    .replaceAll("@program", process?.args?.[0] ?? "")
    .replace("@uid", String(process?.user?.uid ?? 0))
    .replace("@gid", String(process?.user?.gid ?? 0))
    .replace("%", style.error(errno));
  return phase === undefined ? style.prefix + filled : filled;
}
