// `check` for people: findings by workload and place, each with its line and carets, and at the end what was read and what was not.
import type { CheckedPod, CheckReport } from "../../core/answers/checked.ts";
import type { Cell } from "../columns.ts";
import { manifestErrorText } from "../manifestError.ts";
import type { Style } from "../style.ts";
import { acceptedGroups, openBlocks } from "./blocks.ts";
import { blockText } from "./findingBlock.ts";
import { podHunksText } from "./hunkText.ts";
import { isMet, meetsText } from "./meetsText.ts";
import { nothingText } from "./nothing.ts";
import { partsText } from "./parts.ts";
import { placedHunks } from "./placedHunks.ts";
import { summaryText } from "./summary.ts";
import type { CheckTally } from "./tally.ts";

export interface CheckTextOptions {
  readonly style: Style;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Only findings: no pod without any, no summary; and why nothing was checked. */
  readonly quiet: boolean;
  /** Pods that were checked, where they are told elsewhere. */
  readonly counted?: number;
  /** Of pods that were told before: the report has none then. */
  readonly tally?: CheckTally;
}

/** Of more pods than these the clean ones are only counted. */
export const FEW = 20;
const NARROW = 40;
const BROAD = 160;

/** Ends with a newline, unless there is nothing to say. */
export function checkText(report: CheckReport, options: CheckTextOptions): string {
  const bounded = withBounds(options);
  const shown = report.pods.filter((pod) => isShown(pod, report, options));
  const parts = podsText(shown, bounded);
  for (const error of report.errors) parts.push(manifestErrorText(error, options.style));
  if (!options.quiet) parts.push(summaryText(report, bounded));
  else {
    // No exit code without a word.
    const nothing = nothingText(report, options.counted ?? options.tally?.pods);
    if (nothing !== "") parts.push(`${nothing}\n`);
  }
  return parts.join("\n");
}

/** Those of many pods that have findings; what is told before and after them is parted from them by a newline. */
export function findingsText(pods: readonly CheckedPod[], options: CheckTextOptions): string {
  const found = pods.filter((pod) => openOf(pod).length > 0);
  return podsText(found, withBounds(options)).join("\n");
}

function withBounds(options: CheckTextOptions): CheckTextOptions {
  return { ...options, columns: Math.max(NARROW, Math.min(options.columns, BROAD)) };
}

function isShown(pod: CheckedPod, { pods }: CheckReport, { quiet }: CheckTextOptions): boolean {
  return openOf(pod).length > 0 || (!quiet && pods.length <= FEW);
}

function openOf({ findings }: CheckedPod): CheckedPod["findings"] {
  return findings.filter(({ suppressed }) => suppressed === undefined);
}

/** Clean ones that follow each other stand close. */
function podsText(pods: readonly CheckedPod[], options: CheckTextOptions): string[] {
  const parts: string[] = [];
  let wasClean = false;
  for (const pod of pods) {
    const text = podText(pod, options);
    const isClean = openOf(pod).length === 0;
    if (isClean && wasClean) parts.push((parts.pop() ?? "") + text);
    else parts.push(text);
    wasClean = isClean;
  }
  return parts;
}

function podText(pod: CheckedPod, options: CheckTextOptions): string {
  const { style, columns } = options;
  const { kind, namespace, name } = pod.workload;
  const open = openOf(pod);
  const head = partsText(
    [
      { text: `${kind} ${namespace}/${name}`, paint: style.bold },
      levelPart(pod, style),
      ...(open.length > 0 ? [] : cleanParts(pod, style)),
    ],
    columns,
  );
  const found = openBlocks(pod);
  const placed = placedHunks(pod, found);
  const ofPod = podHunksText(pod, placed, options);
  const blocks = [
    ...(ofPod.length === 0 ? [] : [ofPod]),
    ...found.map((block) => blockText(block, options, placed)),
  ].map((lines) => `${lines.join("\n")}\n`);
  return [`${head.join("\n")}\n`, ...blocks].join(blocks.length > 1 ? "\n" : "");
}

/** Blocks name their file themselves. */
function cleanParts(pod: CheckedPod, style: Style): Cell[] {
  const { file, line } = pod.source;
  const place = { text: `${file}:${line}`, paint: style.dim };
  const accepted = acceptedGroups(pod).length;
  return accepted === 0 ? [place] : [place, { text: `${accepted} suppressed`, paint: style.dim }];
}

function levelPart(pod: CheckedPod, style: Style): Cell {
  return { text: meetsText(pod), paint: isMet(pod) ? style.green : style.red };
}
