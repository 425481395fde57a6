// The exec of the program, where its file is known: file capabilities that the bounding set does not have.
// @see runc v1.3.6 libcontainer/system/linux.go Exec
import { capBprmCredsFromFile } from "../rules/capBprmCredsFromFile.ts";
import { executedFile } from "../rules/executedFile.ts";
import type { FilterStyle } from "./callsUnderFilter.ts";
import type { Refusal, StepInput } from "./step.ts";

const EPERM = 1;

export function execve(
  { spec, exec, world, credentials: ofInit }: StepInput,
  { error, execFailed }: Pick<FilterStyle, "error" | "execFailed">,
): Refusal | undefined {
  const { credentials } = ofInit();
  if (credentials === undefined) return undefined;
  if (capBprmCredsFromFile(credentials, executedFile(spec, exec, world)) !== undefined) {
    return undefined;
  }
  const message = execFailed(spec.process?.args?.[0] ?? "", error(EPERM));
  return { message, path: ["process", "args", 0], phase: "exec" };
}
