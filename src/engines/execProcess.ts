// The process that a command inside a container becomes: the container's own, with other arguments.
import type { OciProcess } from "../core/model/oci.ts";

/** Where an `ExecWay` has it for the runtime's log, whoever calls the runtime puts a file. */
export const NO_LOG = "/dev/null";

/**
 * User, groups, capabilities, profiles, environment and directory are the container's. A runtime that is told only the
 * command decides these by itself: crun takes root.
 * @see containerd v2.1.9 internal/cri/server/container_execsync.go execInternal
 */
export function execProcess(
  { consoleSize: _, ...process }: OciProcess,
  { command, terminal }: { readonly command: readonly string[]; readonly terminal: boolean },
): OciProcess {
  const { env = [] } = process;
  const others = env.filter((variable) => !variable.startsWith("TERM="));
  return { ...process, args: command, terminal, env: terminal ? [...others, "TERM=xterm"] : env };
}
