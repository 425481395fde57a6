// `--watch` and `ps`: pods as kubectl's table shows them; `--show`: a document that was sent.
import { writeJson } from "../core/rules/json.ts";

export interface PodLine {
  readonly name: string;
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
  readonly age: string;
}

const GAP = "   ";
/** A watched table cannot know what comes: columns wide enough for most. */
const READY_WIDTH = 5;
const STATUS_WIDTH = 18;
const RESTARTS_WIDTH = 12;

/** The line, below a head when it is the first; "" when the one before says the same. */
export function statusLineText(line: PodLine, before: PodLine | undefined): string {
  const isSame =
    before !== undefined &&
    before.ready === line.ready &&
    before.status === line.status &&
    before.restarts.split(" ")[0] === line.restarts.split(" ")[0];
  if (isSame) return "";
  const row = ({ name, ready, status, restarts, age }: PodLine): string => {
    const cells = [
      name.padEnd(Math.max(4, line.name.length)),
      ready.padEnd(READY_WIDTH),
      status.padEnd(STATUS_WIDTH),
      restarts.padEnd(RESTARTS_WIDTH),
    ];
    return `${cells.join(GAP)}${GAP}${age}\n`;
  };
  const head = row({
    ...{ name: "NAME", ready: "READY", status: "STATUS", restarts: "RESTARTS", age: "AGE" },
  });
  return `${before === undefined ? head : ""}${row(line)}`;
}

/** Rows below a head, each column as wide as its longest cell. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
    .map((text) => `${text}\n`)
    .join("");
}

export interface ShownDocument {
  readonly call: string;
  readonly container?: string;
  readonly document: object;
}

/** `config.json of demo:` and the document. */
export function sentText({ call, container, document }: ShownDocument): string {
  const of = container === undefined ? "the sandbox" : container;
  return `${call} of ${of}:\n${writeJson(document, { indent: 2 })}\n`;
}
