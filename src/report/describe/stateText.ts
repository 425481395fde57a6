// The state of a container in kubectl's descriptions: how it runs, why it waits, how it ended.
import type { JsonObject } from "../../core/model/json.ts";
import { isTrue, line, numberText, objectAt, textAt } from "./fields.ts";

type Time = (text: string) => string;

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainerState */
export function containerStateText(status: JsonObject, time: Time): string {
  const last = objectAt(status, "lastState") ?? {};
  return [
    stateText("State", objectAt(status, "state") ?? {}, time),
    objectAt(last, "terminated") === undefined ? "" : stateText("Last State", last, time),
    line(2, `Ready:\t${isTrue(status, "ready") ? "True" : "False"}`),
    line(2, `Restart Count:\t${numberText(status, "restartCount")}`),
  ].join("");
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeStatus */
function stateText(title: string, state: JsonObject, time: Time): string {
  const running = objectAt(state, "running");
  if (running !== undefined) {
    return (
      line(2, `${title}:\tRunning`) + line(3, `Started:\t${time(textAt(running, "startedAt"))}`)
    );
  }
  const ended = objectAt(state, "terminated");
  if (ended !== undefined) return line(2, `${title}:\tTerminated`) + endText(ended, time);
  const reason = textAt(objectAt(state, "waiting") ?? {}, "reason");
  return line(2, `${title}:\tWaiting`) + optional("Reason", reason);
}

function endText(ended: JsonObject, time: Time): string {
  const signal = numberText(ended, "signal");
  return [
    optional("Reason", textAt(ended, "reason")),
    optional("Message", textAt(ended, "message")),
    line(3, `Exit Code:\t${numberText(ended, "exitCode")}`),
    optional("Signal", Number(signal) > 0 ? signal : ""),
    line(3, `Started:\t${time(textAt(ended, "startedAt"))}`),
    line(3, `Finished:\t${time(textAt(ended, "finishedAt"))}`),
  ].join("");
}

function optional(title: string, text: string): string {
  return text === "" ? "" : line(3, `${title}:\t${text}`);
}
