// HTTP probes: 2xx and 3xx are success; a redirect is followed only on the same host.
import type { JsonObject } from "../../core/model/json.ts";
import { goQuote } from "../../core/rules/goText.ts";
import type { ProbeResult, Reach } from "./handler.ts";
import { get, HttpError, newRequest } from "./httpGet.ts";

const MAX_REDIRECTS = 10;

/** @see kubernetes v1.37.2 pkg/probe/http/http.go DoHTTPProbe */
export async function httpProbe(
  action: JsonObject,
  reach: Reach,
  timeoutSeconds: number,
): Promise<ProbeResult> {
  const first = newRequest(action, reach, "probe");
  if ("error" in first) return { result: "errored", output: first.error };
  const end = Date.now() + timeoutSeconds * 1000;
  let { url } = first;
  try {
    for (let followed = 0; ; followed += 1) {
      const left = Math.max(1, end - Date.now());
      const answer = await get({ url, headers: first.headers }, reach.networkNamespace, left);
      const { status, location, body } = answer;
      const next = status >= 300 && status < 400 && location ? new URL(location, url) : undefined;
      if (next === undefined || next.hostname !== first.url.hostname) return judge(status, body);
      if (followed + 1 >= MAX_REDIRECTS) throw new HttpError("stopped after 10 redirects");
      url = next;
    }
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { result: "failure", output: `Get ${goQuote(shown(url, action))}: ${error.message}` };
  }
}

function judge(status: number, body: string): ProbeResult {
  if (status >= 200 && status < 300) return { result: "success", output: body };
  if (status >= 300 && status < 400) {
    return { result: "warning", output: `Probe terminated redirects, Response body: ${body}` };
  }
  return { result: "failure", output: `HTTP probe failed with statuscode: ${status}` };
}

/** Go keeps an explicit port of the scheme, and leaves an absent path out. */
export function shown(url: URL, action: JsonObject): string {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const path = (action["path"] ?? "") === "" && url.pathname === "/" ? "" : url.pathname;
  return `${url.protocol}//${url.hostname}:${port}${path}${url.search}`;
}
