// What the kubelet's stage collects on its way: gates passed and closed, findings, events, provenance.
import type { Finding, Gate, Severity } from "../model/finding.ts";
import type { StageReport, Trace } from "../model/report.ts";
import type { World } from "../model/world.ts";
import type { Admission, Rejection } from "./admission/rejection.ts";
import type { KubeEvent } from "./events.ts";
import type { Refusal, Tracer } from "./outcome.ts";

export interface Notes {
  /** `kubelet v1.37` */
  readonly origin: string;
  readonly gates: Gate[];
  readonly findings: Finding[];
  readonly events: KubeEvent[];
  /** undefined: nobody asked for provenance. */
  readonly trace: Trace[] | undefined;
}

export function newNotes(world: World, traced: boolean): Notes {
  const origin = `kubelet ${world.kubernetes}`;
  return { origin, gates: [], findings: [], events: [], trace: traced ? [] : undefined };
}

/** The gate stands open: the kubelet asked and went on. */
export function open(notes: Notes, gate: string, container?: string): void {
  const id = `kubelet.${gate}`;
  notes.gates.push(
    container === undefined ? { id, stage: "kubelet" } : { id, stage: "kubelet", container },
  );
}

/** The gate is closed: one finding, in the kubelet's words. */
export function close(
  notes: Notes,
  refusal: Refusal & Pick<Finding, "hint">,
  container?: string,
): void {
  const finding = find(notes, "refusal", { ...refusal, message: refusal.refusal }, container);
  const { id, stage } = finding;
  notes.gates.push(
    container === undefined ? { id, stage, finding } : { id, stage, container, finding },
  );
}

/** A doubt, in our words; the gate is open as far as is known. */
export function doubt(
  notes: Notes,
  about: Pick<Refusal, "gate" | "field" | "path"> & { readonly message: string },
  container?: string,
): void {
  find(notes, "note", about, container);
  open(notes, about.gate, container);
}

function find(
  notes: Notes,
  severity: Severity,
  about: Pick<Refusal, "gate" | "field" | "path"> & Pick<Finding, "message" | "hint">,
  container: string | undefined,
): Finding {
  const { gate, field, path, message, hint } = about;
  const finding: Finding = {
    id: `kubelet.${gate}`,
    stage: "kubelet",
    severity,
    ...(container === undefined ? {} : { container }),
    ...(field === undefined ? {} : { field }),
    path,
    message,
    origin: notes.origin,
    ...(hint === undefined ? {} : { hint }),
  };
  notes.findings.push(finding);
  return finding;
}

/** Did the handler refuse the pod? */
export function isRejected(notes: Notes, gate: string, result: Admission): result is Rejection {
  if (result === undefined) {
    open(notes, gate);
    return false;
  }
  if ("note" in result) {
    doubt(notes, { ...result, gate, message: result.note });
    return false;
  }
  close(notes, { ...result, refusal: result.message });
  return true;
}

/** Takes down each field of the message that lies at `at` in the answer. */
export function tracer(notes: Notes, at: string, container?: string): Tracer | undefined {
  const { trace } = notes;
  if (trace === undefined) return undefined;
  return (field, where, setting) => {
    const pointer = at + where;
    trace.push(
      container === undefined
        ? { field, at: pointer, setting }
        : { field, at: pointer, setting, container },
    );
  };
}

export function reportOf<Out>(notes: Notes, out: Out): StageReport<Out> {
  const { gates, findings, trace = [] } = notes;
  return { stage: "kubelet", out, trace, gates, findings };
}
