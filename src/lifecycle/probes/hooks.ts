// postStart and preStop: a command inside, a request, or a sleep.
import type { JsonObject } from "../../core/model/json.ts";
import { goQuote } from "../../core/rules/goText.ts";
import { MAX_TIMER_MS, timerMs } from "../../node/clock.ts";
import { numberAt, objectAt, type Reach, wordsOf } from "./handler.ts";

/**
 * @param pod as the kubelet names it in messages
 * @returns why the hook failed, in the words of the container's status; undefined when it did not
 * @see kubernetes v1.37.2 pkg/kubelet/lifecycle/handlers.go Run
 */
export async function runHook(
  handler: JsonObject,
  reach: Reach,
  pod: string,
): Promise<string | undefined> {
  const who = `for Container ${goQuote(reach.container.name)} in Pod ${goQuote(pod)} failed - error:`;
  const [exec, http] = [objectAt(handler, "exec"), objectAt(handler, "httpGet")];
  const sleep = objectAt(handler, "sleep");
  if (exec) {
    const command = wordsOf(exec["command"]);
    const ran = await reach.running.exec(command, MAX_TIMER_MS);
    if (ran.exitCode === 0) return undefined;
    const exited = `command '${command.join(" ")}' exited with ${ran.exitCode}: ${ran.output}`;
    const error = ran.refusal === undefined ? exited : reach.execRefused(ran.refusal);
    const output = ran.refusal === undefined ? ran.output : "";
    return `Exec lifecycle hook ([${command.join(" ")}]) ${who} ${error}, message: ${goQuote(output)}`;
  }
  if (http) {
    const error = await runHttp(http, reach);
    const path = String(http["path"] ?? "");
    return error === undefined ? undefined : `HTTP lifecycle hook (${path}) ${who} ${error}`;
  }
  if (sleep) {
    // A container that ends meanwhile is not waited for: the pod itself keeps secctx alive.
    await new Promise((resolve) =>
      setTimeout(resolve, timerMs(numberAt(sleep, "seconds", 0) * 1000)).unref(),
    );
    return undefined;
  }
  return "Cannot run handler: invalid handler";
}

/** Any answer will do. */
async function runHttp(action: JsonObject, reach: Reach): Promise<string | undefined> {
  const { get, HttpError, newRequest } = await import("./httpGet.ts");
  const { shown } = await import("./httpProbe.ts");
  const request = newRequest(action, reach, "lifecycle");
  if ("error" in request) return request.error;
  try {
    await get(request, reach.networkNamespace, MAX_TIMER_MS);
    return undefined;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return `Get ${goQuote(shown(request.url, action))}: ${error.message}`;
  }
}
