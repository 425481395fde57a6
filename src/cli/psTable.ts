// The table of `ps`: a line of `kubectl get pod` for each pod in the background, as far as the terminal is wide.
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { FoundPod } from "../lifecycle/detachedPods.ts";
import { loggedStatuses } from "../lifecycle/logs/validateContainerLogStatus.ts";
import { humanDuration, restartsText } from "../lifecycle/statusLine.ts";
import { tableText } from "../report/watchText.ts";
import { isLost, LOST, shownPod } from "./shownPod.ts";

export interface PsForm {
  /** Of one namespace only: its name is told by nobody. */
  readonly ofOne: boolean;
  /** With kubectl's further columns. */
  readonly wide: boolean;
  /** What a line may be long. */
  readonly columns: number;
}

interface Column {
  readonly head: string;
  readonly cell: (pod: FoundPod, now: number) => string;
}

const NAMESPACE: Column = { head: "NAMESPACE", cell: ({ namespace }) => namespace };
const ID: Column = { head: "ID", cell: ({ id }) => id };

const NARROW: readonly Column[] = [
  { head: "NAME", cell: ({ name }) => name },
  {
    head: "READY",
    // Nothing of it lives.
    cell: (pod) => (isLost(pod) ? pod.line.ready.replace(/^\d+/, "0") : pod.line.ready),
  },
  { head: "STATUS", cell: (pod) => (isLost(pod) ? LOST : pod.line.status) },
  { head: "RESTARTS", cell: restartsOf },
  { head: "AGE", cell: ({ startTime }, now) => humanDuration(now - Date.parse(startTime)) },
];

const NONE = "<none>";

/** @see kubernetes v1.37.2 pkg/printers/internalversion/printers.go printPod */
const WIDE: readonly Column[] = [
  { head: "IP", cell: ({ status }) => textOf(status["podIP"]) },
  { head: "NODE", cell: (pod) => textOf(partOf(shownPod(pod), "spec")["nodeName"]) },
  { head: "NOMINATED NODE", cell: () => NONE },
  { head: "READINESS GATES", cell: readinessGates },
];

/** Without the ids where they would make lines too long, and each name is enough to mean its pod. */
export function psTable(pods: readonly FoundPod[], now: number, form: PsForm): string {
  const own = [...(form.ofOne ? [] : [NAMESPACE]), ...NARROW, ...(form.wide ? WIDE : [])];
  const whole = textOfTable([...own, ID], pods, now);
  const isFitting = whole.split("\n").every((line) => line.length <= form.columns);
  const names = new Set(pods.map(({ name }) => name));
  if (form.wide || isFitting || names.size < pods.length) return whole;
  return textOfTable(own, pods, now);
}

function textOfTable(columns: readonly Column[], pods: readonly FoundPod[], now: number): string {
  return tableText(
    columns.map(({ head }) => head),
    pods.map((pod) => columns.map(({ cell }) => cell(pod, now))),
  );
}

/** The pod's last word is as old as its last change. */
function restartsOf({ line, status }: FoundPod, now: number): string {
  const ends = loggedStatuses(status).flatMap(({ lastState }) => {
    const at = Date.parse(lastState.terminated?.finishedAt ?? "");
    return Number.isNaN(at) ? [] : [at];
  });
  return restartsText(Number.parseInt(line.restarts, 10), ends, now);
}

function readinessGates(pod: FoundPod): string {
  const gates = partOf(shownPod(pod), "spec")["readinessGates"];
  if (!Array.isArray(gates) || gates.length === 0) return NONE;
  const isTrue = (gate: unknown): boolean =>
    pod.status.conditions.some(
      ({ type, status }) =>
        isJsonObject(gate) && type === gate["conditionType"] && status === "True",
    );
  return `${gates.filter(isTrue).length}/${gates.length}`;
}

function partOf(object: JsonObject, key: string): JsonObject {
  const part = object[key];
  return isJsonObject(part) ? part : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" && value !== "" ? value : NONE;
}
