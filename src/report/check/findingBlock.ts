// One finding for people: its words, who says them, every place that it is about, and the line itself with a caret.
import type { CheckFinding } from "../../core/answers/checked.ts";
import { row } from "../columns.ts";
import type { Style } from "../style.ts";

/** Findings that say the same of several places, refusals first. */
export function grouped(findings: readonly CheckFinding[]): CheckFinding[][] {
  const groups = new Map<string, CheckFinding[]>();
  for (const severity of ["refusal", "warning", "note"] as const) {
    for (const finding of findings) {
      if (finding.severity !== severity) continue;
      const key = `${severity} ${finding.id} ${finding.message}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [finding]);
      else group.push(finding);
    }
  }
  return [...groups.values()];
}

interface BlockOptions {
  readonly style: Style;
  readonly columns: number;
}

/** Lines, indented by two; nothing for an empty group. */
export function blockOf(group: readonly CheckFinding[], options: BlockOptions): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { style, columns } = options;
  const paint = { refusal: style.red, warning: style.yellow, note: style.blue };
  const widths = [{ width: 7 }, { width: Math.max(20, columns - 11) }];
  const { policy, said } = withoutPolicy(first.message);
  const lines = row(
    [{ text: first.severity, paint: paint[first.severity] }, { text: said }],
    widths,
    "  ",
  );
  for (const finding of group) lines.push(...placeLines(finding, options, widths));
  const { origin, id, versions } = first;
  const who = policy === undefined ? origin : `Pod Security ${policy}`;
  const at = versions === undefined ? [] : [versionsText(versions)];
  lines.push(
    ...row([{ text: "" }, { text: [who, ...at, id].join(" · "), paint: style.dim }], widths, "  "),
  );
  return lines;
}

/** Every sentence of Pod Security begins with the policy: told once below it is easier to read. */
function withoutPolicy(message: string): { readonly policy?: string; readonly said: string } {
  const match = /^(?:violates|would violate) PodSecurity "([^"]+)": /.exec(message);
  if (match?.[1] === undefined) return { said: message };
  return { policy: match[1], said: message.slice(match[0].length) };
}

type Widths = readonly { readonly width: number }[];

function placeLines(finding: CheckFinding, { style }: BlockOptions, widths: Widths): string[] {
  const { line, column, container, inherited, excerpt } = finding;
  const who = container === undefined ? "" : `container ${container}`;
  const where = line === undefined ? "" : `line ${line}:${column ?? 1}`;
  const from = inherited === undefined ? "" : `from the pod's ${lastOf(inherited)}`;
  const text = [where, who, from].filter((part) => part !== "").join(", ");
  const lines = text === "" ? [] : row([{ text: "" }, { text, paint: style.cyan }], widths, "  ");
  const shown = excerpt === undefined ? [] : excerpt.split("\n").slice(-2);
  return [...lines, ...shown.map((one) => `           ${style.dim(one)}`)];
}

function lastOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

function versionsText(versions: readonly string[]): string {
  const [first, ...others] = versions;
  const last = others.at(-1);
  if (first === undefined) return "";
  return last === undefined ? `at ${first}` : `at ${first} to ${last}`;
}
