// TCP probes: a connection that is made is enough.
import type { JsonObject } from "../../core/model/json.ts";
import { DialError, dialInside } from "../../node/dialInside.ts";
import { type ProbeResult, type Reach, resolveContainerPort } from "./handler.ts";

/** @see kubernetes v1.37.2 pkg/probe/tcp/tcp.go DoTCPProbe */
export async function tcpProbe(
  action: JsonObject,
  reach: Reach,
  timeoutSeconds: number,
): Promise<ProbeResult> {
  const port = resolveContainerPort(action["port"], reach.container);
  if (typeof port === "object") return { result: "errored", output: port.error };
  const host = String(action["host"] || reach.podIP);
  try {
    const target = { namespace: reach.networkNamespace, host, port };
    const connection = await dialInside(target, timeoutSeconds * 1000);
    connection.destroy();
    return { result: "success", output: "" };
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { result: "failure", output: error.message };
  }
}
