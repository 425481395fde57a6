// How `exec` enters a container of a pod that runs in the background.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { goQuote } from "../core/rules/goText.ts";
import type { DaemonWay, ExecWay } from "../engines/engine.ts";
import { execProcess, NO_LOG } from "../engines/execProcess.ts";
import { EngineError } from "../node/errors.ts";
import type { FoundPod } from "./detachedPods.ts";

export interface ExecCall {
  readonly words: readonly string[];
  /** The words name them; to be removed when these have ended. */
  readonly file: string;
  readonly log: string;
}

const COMPLETED: readonly string[] = ["Succeeded", "Failed"];

/**
 * @throws EngineError in kubectl's and the kubelet's words when the container does not run
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/exec/exec.go ExecOptions.Run
 * @see kubernetes v1.37.2 pkg/kubelet/kubelet_pods.go Kubelet.GetExec
 */
export function execWayOf(pod: FoundPod, container: string): ExecWay | DaemonWay {
  const { phase, isRunning, running, exec } = pod;
  if (COMPLETED.includes(phase)) {
    throw new EngineError(
      `cannot exec into a container in a completed pod; current phase is ${phase}`,
    );
  }
  const way = isRunning && running.includes(container) ? exec[container] : undefined;
  if (way === undefined) {
    throw new EngineError(
      `unable to upgrade connection: container not found (${goQuote(container)})`,
    );
  }
  return way;
}

/** What the way of an OCI runtime is called with. */
export function execCall(
  way: ExecWay,
  asked: { readonly command: readonly string[]; readonly terminal: boolean },
): ExecCall {
  const file = join(way.folder, `exec-${process.pid}.json`);
  const log = join(way.folder, `exec-${process.pid}.log`);
  const before = way.before.map((word) => (word === NO_LOG ? log : word));
  writeFileSync(file, JSON.stringify(execProcess(way.process, asked)), { mode: 0o600 });
  return { words: [...before, file, ...way.after], file, log };
}
