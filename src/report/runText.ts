// `run` for people: events as they come, a line like kubectl's at the end, and with --probe prediction beside observation.
import type { Tried } from "../core/answers/tries.ts";
import type { ObservedDifference } from "../core/compare/compare.ts";
import type { Observation } from "../core/model/observation.ts";
import { type Column, printable, row, width } from "./columns.ts";
import type { Style } from "./style.ts";
import { triesText } from "./triesText.ts";

export interface RunTerminal {
  readonly style: Style;
  readonly columns: number;
  /** Somebody looks: notes are wrapped too, which programs find easier in one line. */
  readonly isScreen?: boolean;
}

export interface ShownEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly object: string;
}

const MARGIN = "  ";
const REASON_WIDTH = 10;

/** `pod default/dac  on runc 1.1.5 by the rules of containerd 2.1` */
export function runHead(
  pod: { readonly name: string; readonly namespace: string },
  engine: { readonly name: string; readonly version: string; readonly rulesOf: string },
  { style }: RunTerminal,
): string {
  const name = printable(`pod ${pod.namespace}/${pod.name}`);
  const by = `${engine.name} ${engine.version}, by the rules of ${engine.rulesOf}`;
  return `${style.bold(name)}  ${style.dim(by)}\n`;
}

export function eventText(
  { type, reason, message, object }: ShownEvent,
  { style, columns }: RunTerminal,
): string {
  const paint = type === "Warning" ? style.yellow : style.dim;
  const name = /\{(.*)\}$/.exec(object)?.[1] ?? "";
  // The output of a probe's command ends a line.
  const told = message.replace(/\n+$/, "");
  const text = name === "" ? told : `${name}: ${told}`;
  const first = Math.max(REASON_WIDTH, width(reason));
  const places: Column[] = [{ width: first }, { width: columns - first - MARGIN.length - 2 }];
  const cells = [
    { text: reason, paint },
    { text, paint },
  ];
  return `${row(cells, places, MARGIN).join("\n")}\n`;
}

export interface EndedRun {
  readonly pod: { readonly name: string };
  readonly phase: string | null;
  readonly reason: string;
  readonly message: string;
  readonly containers: readonly EndedContainer[];
  readonly events: readonly Pick<ShownEvent, "message">[];
  readonly leftBehind: readonly string[];
  /** What refused the pod or a container, and where it stands. */
  readonly findings?: readonly Refusal[];
  readonly notes?: readonly string[];
}

interface Refusal {
  readonly container?: string;
  readonly field?: string;
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export interface EndedContainer {
  readonly name: string;
  readonly kind: string;
  readonly state: object;
  readonly exitCode: number | null;
  readonly predicted?: Observation;
  readonly observed?: Observation | null;
  readonly differences?: readonly ObservedDifference[];
  readonly tries?: readonly Tried[];
}

/** `Succeeded  dac: demo Completed (exit code 0)` */
export function endText(run: EndedRun, terminal: RunTerminal): string {
  const { style, columns } = terminal;
  const phase = run.phase ?? "Refused";
  const paint = phase === "Succeeded" ? style.green : style.red;
  const places: Column[] = [
    { width: Math.max(REASON_WIDTH, phase.length) },
    { width: columns - Math.max(REASON_WIDTH, phase.length) - MARGIN.length - 2 },
  ];
  const text = endLines(run)
    .flatMap((line, index) => {
      const head = { text: index === 0 ? phase : "", paint };
      return row([head, { text: line }], places, MARGIN);
    })
    .join("\n");
  const left = run.leftBehind.map((path) => style.red(`left behind: ${printable(path)}\n`));
  const wide = { width: terminal.isScreen === true ? columns - MARGIN.length : Infinity };
  const notes = (run.notes ?? []).flatMap((note) =>
    row([{ text: note, paint: style.dim }], [wide], MARGIN).map((line) => `${line}\n`),
  );
  return `${text}\n${notes.join("")}${left.join("")}`;
}

/** Before the words of the failure itself. */
const BACK_OFF = /^Back-off pulling image "[^"]*": ErrImagePull: /;

/** A line for each container, and before them why the pod as a whole did not run; what an event above has said is not said again. */
function endLines(run: EndedRun): string[] {
  const { containers, reason, message, findings = [] } = run;
  const lineOf = (one: EndedContainer): string =>
    endOf(one) + untold(waitsWith(one), run) + placeText(one, findings);
  const isOfContainer = containers.some((one) => stateOf(one).reason === reason);
  if (containers.length > 0 && (reason === "" || isOfContainer)) return containers.map(lineOf);
  const ran = containers.filter(({ exitCode }) => exitCode !== null);
  if (reason === "") return [message];
  const why = untold(message, run);
  const place =
    why === "" ? "" : writtenAt(findings.find(({ container }) => container === undefined));
  return [reason + why + place, ...ran.map(lineOf)];
}

/** `: no such host`, of what no event has said. */
function untold(message: string | undefined, { events }: EndedRun): string {
  const said = message?.replace(BACK_OFF, "") ?? "";
  if (said === "" || events.some((event) => event.message.includes(said))) return "";
  return `: ${message}`;
}

/** ` (runAsNonRoot, pod.yaml:6:5)`, of a container that never ran. */
function placeText({ name, state }: EndedContainer, findings: readonly Refusal[]): string {
  if (!REFUSED.includes(stateOf({ state }).reason ?? "")) return "";
  return writtenAt(findings.find(({ container }) => container === name));
}

const REFUSED: readonly string[] = [
  ...["CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError"],
];

function writtenAt(found: Refusal | undefined): string {
  if (found?.line === undefined) return "";
  const { field, file, line, column = 1 } = found;
  return ` (${field === undefined ? "" : `${field}, `}${file}:${line}:${column})`;
}

interface State {
  readonly reason?: string;
  readonly message?: string;
}

function stateOf({ state }: Pick<EndedContainer, "state">): State {
  return Object.values(state)[0] ?? {};
}

/** The message of one that has ended is its own, not why. */
function waitsWith({ state }: EndedContainer): string | undefined {
  return "waiting" in state ? stateOf({ state }).message : undefined;
}

function endOf({ name, kind, state, exitCode }: EndedContainer): string {
  const { reason = "" } = stateOf({ state });
  const who = kind === "container" ? name : `${name} (${kind})`;
  return exitCode === null ? `${who} ${reason}` : `${who} ${reason}, exit code ${exitCode}`;
}

/** Longest: `cgroup namespace`. */
const FIELD_WIDTH = 16;

/** One table per container: a field, its prediction, and the observation where it differs. */
export function probeText(
  containers: readonly EndedContainer[],
  terminal: RunTerminal,
  file: string,
): string {
  const out: string[] = [];
  for (const container of containers) {
    out.push(...probeOf(container, terminal));
    if (container.observed) out.push(...triesText(container.tries ?? [], terminal, file));
  }
  return out.map((line) => `${line}\n`).join("");
}

function probeOf(container: EndedContainer, { style, columns }: RunTerminal): string[] {
  const { name, predicted, observed, differences = [] } = container;
  if (predicted === undefined) return [];
  const head = `${MARGIN}${style.bold(printable(name))}  ${style.dim("predicted, and observed in /proc right after its execve")}`;
  if (observed === null || observed === undefined) {
    return [head, `${MARGIN}${style.yellow("its process could not be looked at")}`];
  }
  const differing = new Map(differences.map((difference) => [difference.field, difference]));
  const absent = new Set(observed.absentPaths);
  const wide = columns - FIELD_WIDTH - MARGIN.length - 5;
  const places: Column[] = [{ width: 1 }, { width: FIELD_WIDTH }, { width: wide }];
  const lines = [head];
  for (const [field, label, value] of fieldsOf(predicted, absent)) {
    const difference = differing.get(field);
    const equal = difference === undefined;
    const mark = { text: equal ? "=" : "≠", paint: equal ? style.green : style.red };
    const text = equal ? value : `${value}\nobserved: ${show(difference.observed)}`;
    lines.push(...row([mark, { text: label }, { text }], places, MARGIN));
  }
  return lines;
}

/** Path in the observation, label, text. */
function fieldsOf(
  predicted: Observation,
  absent: ReadonlySet<string>,
): (readonly [field: string, label: string, value: string])[] {
  const there = (paths: readonly string[]): string =>
    show(paths.filter((path) => !absent.has(path)));
  return [
    ...Object.entries(predicted.status).map(
      ([name, value]) => [`status.${name}`, name, value] as const,
    ),
    ["rootReadOnly", "root mount", predicted.rootReadOnly ? "read-only" : "writable"] as const,
    ["maskedPaths", "masked paths", there(predicted.maskedPaths)] as const,
    ["readonlyPaths", "read-only paths", there(predicted.readonlyPaths)] as const,
    ...Object.entries(predicted.namespaces).map(
      ([name, value]) => [`namespaces.${name}`, `${name} namespace`, value] as const,
    ),
  ];
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(" ");
  return String(value);
}
