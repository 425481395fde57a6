// What a container leaves for its status: the file at terminationMessagePath, or the end of its logs.
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Container } from "../core/model/pod.ts";
import type { ContainerMount } from "../engines/engine.ts";
import { textIfThere } from "../node/ifThere.ts";
import type { LogTail } from "./containerRecord.ts";

/** @see kubernetes v1.37.2 pkg/kubelet/container/runtime.go */
const MAX_MESSAGE = 4096;
const MAX_LOG = 2048;
const MAX_LOG_LINES = 80;

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go makeMounts */
export function terminationLog(container: Container, data: string): ContainerMount[] {
  const { terminationMessagePath: told = "/dev/termination-log" } = container;
  clearTerminationMessage(data, container.name);
  return [{ container_path: String(told), host_path: terminationFile(data, container.name) }];
}

/** Each start of a container has its own. */
export function clearTerminationMessage(data: string, container: string): void {
  const file = terminationFile(data, container);
  writeFileSync(file, "");
  // Whoever the container runs as may write it; the umask must not decide.
  chmodSync(file, 0o666);
}

export interface EndedContainer {
  readonly exitCode: number;
  readonly logs: LogTail;
}

/**
 * undefined when it left nothing.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go getTerminationMessage
 */
export function terminationMessage(
  data: string,
  container: Container,
  { exitCode, logs }: EndedContainer,
): string | undefined {
  const text = textIfThere(terminationFile(data, container.name)).slice(0, MAX_MESSAGE);
  if (text !== "") return text;
  const fallsBack = container["terminationMessagePolicy"] === "FallbackToLogsOnError";
  if (!fallsBack || exitCode === 0) return undefined;
  const lines = logs
    .text()
    .split(/(?<=\n)/)
    .slice(-MAX_LOG_LINES);
  const end = lines.join("").slice(-MAX_LOG);
  return end === "" ? undefined : end;
}

function terminationFile(data: string, container: string): string {
  return join(data, `termination-log.${container}`);
}
