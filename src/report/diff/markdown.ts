// `diff` as Markdown: the comment on a pull request.
import type { Rewording, WorkloadDiff } from "../../core/answers/diff.ts";
import { markdownText } from "../markdownText.ts";
import {
  beyondWhy,
  changeText,
  diffSummary,
  isTold,
  levelText,
  refusedText,
  rewordingText,
  WORDS,
} from "./words.ts";

const SIGNS = { more: "🔺", fewer: "🔽", changed: "🔸" } as const;

/** @param unread the sentence about what could not be read: a reviewer must not take it for unchanged */
export function diffMarkdown(diffs: readonly WorkloadDiff[], unread = ""): string {
  const parts = ["## Privileges", diffSummary(diffs)];
  if (unread !== "") parts.push(`> ${markdownText(unread)}`);
  for (const one of diffs) {
    const { workload, verdict, changes, withoutEffect = [] } = one;
    if (!isTold(one)) continue;
    const { kind, namespace, name } = workload;
    const place = one.after ?? one.before;
    const isWhole = changes.length === 0 && place !== null && verdict !== "same";
    const said = isWhole ? `${WORDS[verdict]}, ${levelText(place)}` : WORDS[verdict];
    parts.push(`### ${markdownText(`${kind} ${namespace}/${name}`)}: ${said}`);
    const why = beyondWhy(one);
    if (why !== "") parts.push(`${SIGNS.more} ${markdownText(why)}`);
    const refused = refusedText(one);
    if (refused !== "") parts.push(`> ${markdownText(refused)}`);
    const rows = [
      ...changes.map((one) => rowOf(SIGNS[one.change], one, changeText(one))),
      ...withoutEffect.map((one) => rowOf("=", one, rewordingText(one))),
    ];
    if (rows.length === 0) continue;
    parts.push(
      ["| | container | field | change |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    );
  }
  return `${parts.join("\n\n")}\n`;
}

function rowOf(sign: string, { container, field }: Rewording, text: string): string {
  const who = markdownText(container === "" ? "pod" : container);
  return `| ${sign} | ${who} | ${field} | ${markdownText(text)} |`;
}
