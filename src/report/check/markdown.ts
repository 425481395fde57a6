// `check` as Markdown: a summary for a pull request or a job page.

import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import type { SuggestedLine } from "../../core/answers/fix/hunks.ts";
import { markdownText } from "../markdownText.ts";
import { PLAIN } from "../style.ts";
import { type Block, openGroups, type Said } from "./blocks.ts";
import { expiredText, hinted } from "./hinted.ts";
import { KINDS, kindOf } from "./kind.ts";
import { isMet, meetsText } from "./meetsText.ts";
import { alikeText, beforeText, leftText, type PlacedHunks, placedHunks } from "./placedHunks.ts";
import { moreLinesText, shownLines } from "./shownLines.ts";
import { summaryLines } from "./summary.ts";
import { saidOf } from "./tally.ts";
import { mendOf } from "./titles.ts";
import { saidBy, whoText } from "./whoText.ts";
import { xmlText } from "./xmlText.ts";

export function checkMarkdown(report: CheckReport): string {
  const summary = summaryLines(report, { style: PLAIN }).map(([line]) => line);
  const parts = ["## secctx check", ...summary.map(markdownText)];
  if (report.pods.length > 0) parts.push(table(report.pods));
  for (const error of report.errors) {
    const place = code(`${error.file}:${error.line}:${error.column}`);
    parts.push(`- **not read** \`${place}\` ${markdownText(hinted(error))}`);
  }
  for (const pod of report.pods) if (openGroups(pod).length > 0) parts.push(detailsOf(pod));
  return `${parts.join("\n\n")}\n`;
}

function table(pods: readonly CheckedPod[]): string {
  const rows = pods.map((pod) => {
    const { workload, source } = pod;
    const { kind, namespace, name } = workload;
    const said = saidOf(pod);
    const numbers = KINDS.map((kind) => said.filter((one) => kindOf(one) === kind).length);
    const text = meetsText(pod);
    const met = isMet(pod) ? text : `**${text}**`;
    return `| ${markdownText(`${kind} ${namespace}/${name}`)} | \`${code(`${source.file}:${source.line}`)}\` | ${met} | ${numbers.join(" | ")} |`;
  });
  return [
    "| workload | place | Pod Security | refusals | unmet | warnings | notes |",
    "| --- | --- | --- | --: | --: | --: | --: |",
    ...rows,
  ].join("\n");
}

function detailsOf(pod: CheckedPod): string {
  const { kind, namespace, name } = pod.workload;
  const blocks = openGroups(pod).map(([finding, ...others]): Block => {
    return { place: finding, said: [{ finding, others }] };
  });
  const placed = placedHunks(pod, blocks);
  const items = [
    ...podItems(pod, placed),
    ...blocks.flatMap(({ said }) => said.flatMap((one) => itemOf(one, placed))),
  ];
  return `<details><summary>${xmlText(`${kind} ${namespace}/${name}`)}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

/** What stands at the pod itself, and what only a person can decide. */
function podItems(pod: CheckedPod, { ofPod }: PlacedHunks): string[] {
  const left = leftText(pod);
  return [
    ...ofPod.flatMap((hunk) => [
      `- **fix** the pod itself \`${code(`${pod.source.file}:${hunk.line}`)}\``,
      ...diffBlock(hunk.lines),
    ]),
    ...(left === "" ? [] : [`- **fix** ${markdownText(left)}`]),
  ];
}

function itemOf(one: Said, placed: PlacedHunks): string[] {
  const { finding, others } = one;
  const places = [finding, ...others].map(({ file, line = 1 }) => `\`${code(`${file}:${line}`)}\``);
  // The lines themselves say more than how to write them.
  const mend = finding.hunks === undefined ? mendOf(finding.id) : undefined;
  const { shown, before, alike } = placed.of(one);
  const told = [beforeText(before, placed.ofPod), alikeText(alike)].filter((text) => text !== "");
  return [
    `- **${kindOf(finding)}** ${markdownText(saidBy(finding).said)} ${[...new Set(places)].join(", ")}  `,
    `  <sub>${markdownText(whoText(finding))} · ${ruleLink(finding)}</sub>${labelled("hint", finding.hint)}${labelled("expired", expiredText(finding) || undefined)}${labelled("mend", mend)}${labelled("fix", told.join("; ") || undefined)}`,
    ...shown.flatMap((hunk) => diffBlock(hunk.lines)),
  ];
}

function labelled(label: string, text: string | undefined): string {
  return text === undefined ? "" : `  \n  _${label}:_ ${markdownText(text)}`;
}

/** Characters of a line that is suggested: a page has no width, and a file may be one line. */
const ROOM = 120;

/** What `secctx fix` makes of the lines, inside of the item. */
function diffBlock(all: readonly SuggestedLine[]): string[] {
  if (all.length === 0) return [];
  const { lines, left } = shownLines(all, ROOM);
  const rows = lines.map(({ sign, text }) => `  ${sign} ${xmlText(text).replaceAll("\n", " ")}`);
  if (left > 0) rows.push(`  ${moreLinesText(left)}`);
  return ["", '  <pre lang="diff">', ...rows, "  </pre>"];
}

function ruleLink({ id, reference }: CheckFinding): string {
  const name = `\`${code(id)}\``;
  return reference === undefined ? name : `[${name}](${reference})`;
}

function code(text: string): string {
  return text.replace(/[`\n|]/g, " ");
}
