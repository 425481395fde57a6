// What two programs say of one fault is told to people once: by the one that names the place.
import type { CheckFinding } from "../../core/answers/checked.ts";

const IGNORED = /^ignoring unknown or unavailable capabilities: \[(.*)\]$/;

/** Without runc's warning of capabilities where each of their names is told by itself; forms that programs read have both. */
export function withoutSaidTwice(findings: readonly CheckFinding[]): readonly CheckFinding[] {
  if (!findings.some(({ id }) => id === "runc.warning")) return findings;
  const told = findings.filter(({ id }) => id === "containerd.unknownCapability");
  return findings.filter(({ id, message, container }) => {
    const names = id === "runc.warning" ? IGNORED.exec(message)?.[1]?.split(" ") : undefined;
    return names?.every((name) => isTold(name, container, told)) !== true;
  });
}

function isTold(
  name: string,
  container: string | undefined,
  told: readonly CheckFinding[],
): boolean {
  return told.some((one) => one.container === container && one.message.includes(`"${name}"`));
}
