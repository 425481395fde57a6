// `explain` for people: per container every effective setting, its value and where it came from; what each stage said.
import type { ExplainLine, ExplainSetting } from "../core/answers/explain.ts";
import type { ProcStatus } from "../core/model/proc.ts";
import { type Column, printable, row } from "./columns.ts";
import { documentsText } from "./documentsText.ts";
import { findingsText } from "./findingsText.ts";
import { shownSettings } from "./shownSettings.ts";
import { sourceText } from "./sourceText.ts";
import type { Style } from "./style.ts";
import { type UntoldId, untoldIds, untoldText } from "./untoldIds.ts";
import { valueText } from "./valueText.ts";

export interface Terminal {
  readonly style: Style;
  /** Characters per line. */
  readonly columns: number;
}
export interface Shown {
  /** Names; empty: all. */
  readonly containers: readonly string[];
  /** `cri`, `docker`, `oci`, `status`, `apiserver`. */
  readonly documents: readonly string[];
}

/** Longest field name (supplementalGroupsPolicy). */
const NAME_WIDTH = 24;
const MARGIN = "  ";

/** The whole text of one pod; ends with a newline. */
export function explainText(line: ExplainLine, terminal: Terminal, shown: Shown): string {
  const { style } = terminal;
  const columns = Math.max(60, Math.min(terminal.columns, 120));
  const out = [...headText(line, style), "", ...stagesText(line, columns, style)];
  for (const container of containerNames(line)) {
    if (shown.containers.length > 0 && !shown.containers.includes(container)) continue;
    out.push("", ...containerText(line, container, columns, style));
  }
  const findings = findingsText(line.findings, line.source.file, columns, style);
  if (findings.length > 0) out.push("", ...findings);
  out.push(...documentsText(line, shown, style));
  return `${out.join("\n")}\n`;
}

function headText(
  { workload, source, runtime, kubernetes, unverified }: ExplainLine,
  style: Style,
): string[] {
  const name = printable(`${workload.kind} ${workload.namespace}/${workload.name}`);
  const world = [
    `Kubernetes ${kubernetes.slice(1)}`,
    ...(runtime === null
      ? []
      : [
          `${runtime.name} ${runtime.version}`,
          `${runtime.ociRuntime.name} ${runtime.ociRuntime.version}`,
        ]),
  ];
  return [
    `${style.bold(name)}  ${style.dim(printable(`${source.file}:${source.line}`))}`,
    style.dim(world.join(" · ")),
    ...(unverified === undefined
      ? []
      : [style.yellow(`unverified: no recording of ${unverified.join(", ")} exists`)]),
  ];
}

function stagesText(line: ExplainLine, columns: number, style: Style): string[] {
  const { apiserver, podSecurity, kubelet } = line;
  const verdicts: [string, string, (text: string) => string][] = [
    apiserver.status === null
      ? ["API server", "accepted, as far as security goes", style.green]
      : ["API server", `refused: ${apiserver.status.reason} (${apiserver.status.code})`, style.red],
    [
      "Pod Security",
      podSecurity.refusal ?? `${metText(podSecurity.highest)}${restrictedBy(line)}`,
      podSecurity.refusal === undefined ? (text) => text : style.red,
    ],
  ];
  if (kubelet !== null) {
    const { admitted, reason } = kubelet.admission;
    verdicts.push(
      admitted
        ? ["kubelet", "admitted", style.green]
        : ["kubelet", `rejected: ${reason}${assumption(reason)}`, style.red],
    );
  }
  const widths = [{ width: NAME_WIDTH }, { width: columns - NAME_WIDTH - MARGIN.length - 2 }];
  return verdicts.flatMap(([name, text, paint]) =>
    row(
      [
        { text: name, paint: style.dim },
        { text, paint },
      ],
      widths,
      MARGIN,
    ),
  );
}

/** The node of which nothing is told has no AppArmor. */
function assumption(reason: string): string {
  return reason === "AppArmor" ? " (on a node without it; --node or --world tells of another)" : "";
}

function metText(highest: ExplainLine["podSecurity"]["highest"]): string {
  return highest === "privileged" ? "meets no level but privileged" : `meets level ${highest}`;
}

/** What keeps the pod from the next level: the text of the first level that it misses. */
function restrictedBy({ podSecurity }: ExplainLine): string {
  const missed =
    podSecurity.highest === "privileged" ? podSecurity.baseline : podSecurity.restricted;
  if (missed.allowed) return "";
  return `; ${podSecurity.highest === "privileged" ? "baseline" : "restricted"} objects to: ${missed.reason}`;
}

function containerNames(line: ExplainLine): string[] {
  const named = line.kubelet?.containers.map(({ name }) => name) ?? [];
  const traced = line.settings.map(({ container }) => container);
  return [...new Set([...named, ...traced])];
}

function containerText(line: ExplainLine, name: string, columns: number, style: Style): string[] {
  const kubelet = line.kubelet?.containers.find((container) => container.name === name);
  const runtime = line.runtime?.containers.find((container) => container.name === name);
  const kernel = line.kernel?.containers.find((container) => container.name === name);
  const kind = kubelet?.kind ?? "container";
  const head = `${kind === "container" ? "container" : `${kind} container`} ${name}`;
  const out = [style.bold(printable(head))];
  const verdict = refusalText(kubelet?.waiting ?? null, runtime?.error ?? null);
  if (verdict !== undefined) {
    out.push(...row([{ text: verdict, paint: style.red }], [{ width: columns - 2 }], MARGIN));
  }
  const settings = line.settings.filter(({ container }) => container === name);
  const isUserUnknown = kubelet?.unknown?.includes("image.user") === true;
  if (isUserUnknown) out.push(...unknownUserText(columns, style));
  for (const setting of shownSettings(settings)) {
    if (isUserUnknown && setting.field === "supplementalGroups") continue;
    out.push(...settingText(setting, line.source.file, columns, style));
  }
  if (kernel !== undefined && kernel.status !== null) {
    out.push(...statusText(kernel.status, untoldIds(kernel, line), columns, style));
  }
  return out;
}

/** An image that nobody told about is never guessed. */
function unknownUserText(columns: number, style: Style): string[] {
  const cells = [
    { text: "runAsUser", paint: style.cyan },
    { text: "not known", paint: style.yellow },
    { text: "the image's USER; tell it by --image-user or --image", paint: style.dim },
  ];
  return row(cells, settingWidths(columns), MARGIN);
}

function statusText(
  status: ProcStatus,
  untold: readonly UntoldId[],
  columns: number,
  style: Style,
): string[] {
  const ids = [
    `Uid ${firstOf(status.Uid)}`,
    ...(untold.includes("Gid") ? [] : [`Gid ${firstOf(status.Gid)}`]),
    ...(untold.includes("Groups") ? [] : [`Groups ${status.Groups || "none"}`]),
    ...(untold.length === 0 ? [] : [untoldText(untold)]),
  ];
  const lines = [
    ids.join("  "),
    `CapEff ${status.CapEff}  CapBnd ${status.CapBnd}`,
    `NoNewPrivs ${status.NoNewPrivs}  Seccomp ${status.Seccomp}`,
  ];
  const widths = [{ width: NAME_WIDTH }, { width: columns - NAME_WIDTH - 4 }];
  const cells = [{ text: "/proc/1/status", paint: style.cyan }, { text: lines.join("\n") }];
  return row(cells, widths, MARGIN);
}

function refusalText(
  waiting: { reason: string; message: string } | null,
  error: string | null,
): string | undefined {
  if (waiting !== null) return `does not start: ${waiting.reason}`;
  return error === null ? undefined : "does not start: the runtime refuses it";
}

function settingText(
  setting: ExplainSetting,
  file: string,
  columns: number,
  style: Style,
): string[] {
  const widths = settingWidths(columns);
  const authored = setting.source.kind === "manifest";
  return row(
    [
      { text: setting.field, paint: style.cyan },
      { text: valueText(setting.field, setting.value), ...(authored ? { paint: style.bold } : {}) },
      { text: sourceText(setting, file), paint: style.dim },
    ],
    widths,
    MARGIN,
  );
}

/** Name, value, source. */
function settingWidths(columns: number): Column[] {
  const left = columns - NAME_WIDTH - MARGIN.length - 4;
  const value = Math.max(18, Math.floor(left * 0.48));
  return [{ width: NAME_WIDTH }, { width: value }, { width: left - value }];
}

function firstOf(ids: string): string {
  const all = ids.split(" ");
  return all.every((id) => id === all[0]) ? (all[0] ?? "") : ids;
}
