// runc's first look at config.json: is there a process, and can it have the label that it asks for.
// @see runc v1.3.6 utils_linux.go validateProcessSpec; spec.go loadSpec
import { type Refusal, refuse, type StepInput } from "./step.ts";

export function validateProcessSpec({ spec, world }: StepInput): Refusal | undefined {
  const { process } = spec;
  if (process === undefined) return refuse("process property must not be empty", "process");
  const cwd = process.cwd ?? "";
  if (cwd === "") return refuse("Cwd property must not be empty", "process", "cwd");
  if (!cwd.startsWith("/")) return refuse("Cwd must be an absolute path", "process", "cwd");
  if ((process.args ?? []).length === 0) return refuse("args must not be empty", "process", "args");
  if ((process.selinuxLabel ?? "") === "" || world.node.seLinux) return undefined;
  return refuse(
    "selinux label is specified in config, but selinux is disabled or not supported",
    "process",
    "selinuxLabel",
  );
}
