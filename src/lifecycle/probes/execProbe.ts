// Exec probes: a command inside the container, by its exit code.
import { isJsonObject, type JsonObject } from "../../core/model/json.ts";
import type { Container } from "../../core/model/pod.ts";
import { goQuote } from "../../core/rules/goText.ts";
import { expand } from "../expand.ts";
import { goDuration } from "./goDuration.ts";
import { type ProbeResult, type Reach, wordsOf } from "./handler.ts";

/**
 * `$(NAME)` knows only variables with a value of their own.
 * @see kubernetes v1.37.2 pkg/probe/exec/exec.go Probe
 * @see kubernetes v1.37.2 pkg/kubelet/container/helpers.go ExpandContainerCommandOnlyStatic
 */
export async function execProbe(
  action: JsonObject,
  { container, running, execRefused }: Reach,
  timeoutSeconds: number,
): Promise<ProbeResult> {
  const values = staticValues(container);
  const command = wordsOf(action["command"]).map((word) =>
    expand(word, (name) => values.get(name)),
  );
  const ran = await running.exec(command, timeoutSeconds * 1000);
  if (ran.timedOut) {
    const line = goQuote(command.join(" "));
    const output = `command timed out: ${line} timed out after ${goDuration(timeoutSeconds)}`;
    return { result: "failure", output };
  }
  if (ran.refusal !== undefined) return { result: "errored", output: execRefused(ran.refusal) };
  return { result: ran.exitCode === 0 ? "success" : "failure", output: ran.output };
}

function staticValues(container: Container): Map<string, string> {
  const values = new Map<string, string>();
  for (const variable of container.env ?? []) {
    if (isJsonObject(variable["valueFrom"])) values.set(String(variable["name"]), "");
    else values.set(String(variable["name"]), String(variable["value"] ?? ""));
  }
  return values;
}
