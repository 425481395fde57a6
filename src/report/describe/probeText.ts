// A probe in one line, as kubectl's descriptions have it.
import type { JsonObject } from "../../core/model/json.ts";
import { utf8Bytes } from "../../core/rules/goStrings.ts";
import { numberText, objectAt, textAt, textsAt } from "./fields.ts";

/** @see kubectl v0.37.2 pkg/describe/describe.go DescribeProbe */
export function probeText(probe: JsonObject): string {
  const seconds = (key: string): string => `${numberText(probe, key)}s`;
  const times = `delay=${seconds("initialDelaySeconds")} timeout=${seconds("timeoutSeconds")} period=${seconds("periodSeconds")}`;
  const counts = `successThreshold=${numberText(probe, "successThreshold")} failureThreshold=${numberText(probe, "failureThreshold")}`;
  return `${handlerText(probe)} ${times} ${counts}`;
}

function handlerText(probe: JsonObject): string {
  const exec = objectAt(probe, "exec");
  if (exec !== undefined) return `exec [${textsAt(exec, "command").join(" ")}]`;
  const httpGet = objectAt(probe, "httpGet");
  if (httpGet !== undefined) return `http-get ${urlText(httpGet)}`;
  const tcp = objectAt(probe, "tcpSocket");
  if (tcp !== undefined) return `tcp-socket ${textAt(tcp, "host")}:${numberText(tcp, "port")}`;
  const grpc = objectAt(probe, "grpc");
  if (grpc !== undefined) {
    return `grpc <pod>:${numberText(grpc, "port")} ${textAt(grpc, "service")}`;
  }
  return "unknown";
}

const LEFT_IN_PATH = /[A-Za-z0-9\-_.~$&+,/:;=@]/;
const LEFT_IN_HOST = /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/;

/** @see go net/url/url.go URL.String */
function urlText(httpGet: JsonObject): string {
  const path = escaped(textAt(httpGet, "path"), LEFT_IN_PATH);
  const host = textAt(httpGet, "host");
  const joined = `${host.includes(":") ? `[${host}]` : host}:${numberText(httpGet, "port")}`;
  const scheme = textAt(httpGet, "scheme").toLowerCase();
  const slash = path === "" || path.startsWith("/") ? "" : "/";
  return `${scheme && `${scheme}:`}//${escaped(joined, LEFT_IN_HOST)}${slash}${path}`;
}

function escaped(text: string, left: RegExp): string {
  return utf8Bytes(text)
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (byte < 0x80 && left.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
