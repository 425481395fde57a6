// The program: found and executable in the image, and allowed by its file capabilities; only where its facts are told.
// @see runc v1.3.6 libcontainer/standard_init_linux.go Init (exec.LookPath, system.Exec); go os/exec/lp_unix.go
import { goQuote } from "../rules/goText.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

export function lookPath({ spec, exec }: StepInput): Refusal | undefined {
  if (exec.found === undefined) return undefined;
  const program = spec.process?.args?.[0] ?? "";
  return refuse(`exec: ${goQuote(program)}: ${reason(program, exec.found)}`, "process", "args", 0);
}

function reason(program: string, found: "absent" | "notExecutable"): string {
  if (found === "notExecutable") return "permission denied";
  if (!program.includes("/")) return "executable file not found in $PATH";
  return `stat ${program}: no such file or directory`;
}
