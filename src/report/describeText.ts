// A pod in the background as `kubectl describe pod` shows it: its containers' states, its conditions and its events.
import { type Column, printable, row, width } from "./columns.ts";
import type { Style } from "./style.ts";

export interface DescribedPod {
  readonly name: string;
  readonly namespace: string;
  readonly id: string;
  /** Its secctx was killed, and the pod with it. */
  readonly isLost: boolean;
  readonly status: Status;
  readonly events: readonly DescribedEvent[];
}

interface Status {
  readonly phase: string;
  readonly reason?: string;
  readonly message?: string;
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
  readonly [other: string]: unknown;
}

export interface DescribedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly object: string;
  /** `3s (x2 over 5s)` */
  readonly age: string;
}

interface DescribedContainer {
  readonly name: string;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  readonly state: States;
  readonly lastState: States;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly user?: { readonly linux: User };
}

interface User {
  readonly uid: number;
  readonly gid: number;
  readonly supplementalGroups: readonly number[];
}

type States = Readonly<Record<string, State>>;
interface State {
  readonly reason?: string;
  readonly message?: string;
  readonly exitCode?: number;
  readonly startedAt?: string | null;
  readonly finishedAt?: string;
}

type Line = readonly [label: string, value: string];

export interface DescribeForm {
  readonly style: Style;
  readonly columns: number;
  /** A time of the API as people read it. */
  readonly time: (text: string) => string;
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/describe/describe.go describePod */
export function describeText(pod: DescribedPod, form: DescribeForm): string {
  const { style, columns, time } = form;
  const { status } = pod;
  const head: Line[] = [
    ["Name", pod.name],
    ["Namespace", pod.namespace],
    ["Start Time", time(String(status["startTime"] ?? ""))],
    ["Status", pod.isLost ? "Lost (its secctx was killed, and the pod with it)" : status.phase],
    ...optional("Reason", status.reason),
    ...optional("Message", status.message),
    ...optional("IP", status["podIP"]),
    ["ID", pod.id],
  ];
  const paint = (text: string): string => style.bold(text);
  return [
    ...labelled(head, 0, columns),
    ...containersText("Init Containers", status["initContainerStatuses"], form),
    ...containersText("Containers", status["containerStatuses"], form),
    "Conditions:",
    ...table(
      ["Type", "Status"],
      status.conditions.map((one) => [one.type, one.status]),
      columns,
    ),
    ...labelled([["QoS Class", String(status["qosClass"] ?? "")]], 0, columns),
    ...eventsText(pod.events, columns),
  ]
    .map((line) => `${/^\S[\w ]*:$/.test(line) ? paint(line) : line}\n`)
    .join("");
}

function containersText(title: string, statuses: unknown, form: DescribeForm): string[] {
  const containers = (statuses ?? []) as readonly DescribedContainer[];
  if (containers.length === 0) return [];
  return [
    `${title}:`,
    ...containers.flatMap((one) => [
      `  ${printable(one.name)}:`,
      ...labelled(containerLines(one, form.time), 4, form.columns),
    ]),
  ];
}

function containerLines(one: DescribedContainer, time: DescribeForm["time"]): Line[] {
  return [
    ...optional("Container ID", one.containerID),
    ["Image", one.image],
    ...optional("Image ID", one.imageID),
    ...stateLines("State", one.state, time),
    ...stateLines("Last State", one.lastState, time),
    ["Ready", one.ready ? "True" : "False"],
    ["Restart Count", String(one.restartCount)],
    ...optional("User", userText(one.user?.linux)),
  ];
}

function userText(user: User | undefined): string | undefined {
  if (user === undefined) return undefined;
  const groups = user.supplementalGroups.join(", ");
  return `uid ${user.uid}, gid ${user.gid}${groups === "" ? "" : `, groups ${groups}`}`;
}

/** @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/describe/describe.go describeStatus */
function stateLines(label: string, states: States, time: DescribeForm["time"]): Line[] {
  const [entry] = Object.entries(states);
  if (entry === undefined) return [];
  const [name, state] = entry;
  return [
    [label, `${name.charAt(0).toUpperCase()}${name.slice(1)}`],
    ...optional("  Reason", state.reason),
    ...optional("  Message", state.message?.trimEnd()),
    ...optional("  Exit Code", state.exitCode),
    ...optional("  Started", state.startedAt && time(state.startedAt)),
    ...optional("  Finished", state.finishedAt && time(state.finishedAt)),
  ];
}

function optional(label: string, value: unknown): Line[] {
  return value === undefined || value === null || value === "" ? [] : [[label, String(value)]];
}

function labelled(lines: readonly Line[], indent: number, columns: number): string[] {
  const wide = Math.max(...lines.map(([label]) => label.length)) + 1;
  const places: Column[] = [{ width: wide }, { width: columns - wide - indent - 3 }];
  return lines.flatMap(([label, value]) =>
    row([{ text: `${label}:` }, { text: value }], places, " ".repeat(indent)),
  );
}

function eventsText(events: readonly DescribedEvent[], columns: number): string[] {
  if (events.length === 0) return labelled([["Events", "<none>"]], 0, columns);
  const rows = events.map(({ type, reason, age, object, message }) => {
    const about = object.startsWith("spec.") ? `${object}: ` : "";
    return [type, reason, age, "kubelet", about + message.trim()];
  });
  return ["Events:", ...table(["Type", "Reason", "Age", "From", "Message"], rows, columns)];
}

const MARGIN = "  ";
const LEAST = 20;

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const rule = head.map((name) => "-".repeat(name.length));
  const all = [head, ...(head.length > 2 ? [rule] : []), ...rows];
  const wide = head.map((_, at) => Math.max(...all.map((cells) => width(cells[at] ?? ""))));
  const before = wide.slice(0, -1).reduce((sum, one) => sum + one + 2, MARGIN.length);
  const places = wide.map((one, at) =>
    at < head.length - 1 ? { width: one } : { width: Math.max(LEAST, columns - before - 1) },
  );
  return all.flatMap((cells) =>
    row(
      cells.map((text) => ({ text })),
      places,
      MARGIN,
    ),
  );
}
