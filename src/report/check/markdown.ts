// `check` as Markdown: a summary for a pull request or a job page.
import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import { markdownText } from "../markdownText.ts";
import { PLAIN } from "../style.ts";
import { grouped } from "./blocks.ts";
import { meetsText } from "./meetsText.ts";
import { summaryLines } from "./summary.ts";
import { mendOf } from "./titles.ts";
import { saidBy, whoText } from "./whoText.ts";
import { xmlText } from "./xmlText.ts";

export function checkMarkdown(report: CheckReport): string {
  const summary = summaryLines(report, { style: PLAIN }).map(([line]) => line);
  const parts = ["## secctx check", ...summary.map(markdownText)];
  if (report.pods.length > 0) parts.push(table(report.pods));
  for (const { file, line, column, message } of report.errors) {
    parts.push(`- **not read** \`${code(`${file}:${line}:${column}`)}\` ${markdownText(message)}`);
  }
  for (const pod of report.pods) {
    const open = pod.findings.filter(({ suppressed }) => suppressed === undefined);
    if (open.length > 0) parts.push(detailsOf(pod, open));
  }
  return `${parts.join("\n\n")}\n`;
}

function table(pods: readonly CheckedPod[]): string {
  const rows = pods.map((pod) => {
    const { workload, source, findings } = pod;
    const { kind, namespace, name } = workload;
    const open = findings.filter(({ suppressed }) => suppressed === undefined);
    const numbers = (["refusal", "warning", "note"] as const).map(
      (severity) => open.filter((finding) => finding.severity === severity).length,
    );
    const text = meetsText(pod);
    const met = pod.podSecurity.met ? text : `**${text}**`;
    return `| ${markdownText(`${kind} ${namespace}/${name}`)} | \`${code(`${source.file}:${source.line}`)}\` | ${met} | ${numbers.join(" | ")} |`;
  });
  return [
    "| workload | place | Pod Security | refusals | warnings | notes |",
    "| --- | --- | --- | --: | --: | --: |",
    ...rows,
  ].join("\n");
}

function detailsOf({ workload }: CheckedPod, findings: readonly CheckFinding[]): string {
  const { kind, namespace, name } = workload;
  const items = grouped(findings).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = group.map(({ file, line = 1 }) => `\`${code(`${file}:${line}`)}\``);
    const mend = mendOf(first.id);
    return [
      `- **${first.severity}** ${markdownText(saidBy(first).said)} ${[...new Set(places)].join(", ")}  `,
      `  <sub>${markdownText(whoText(first))} · ${ruleLink(first)}</sub>${first.hint === undefined ? "" : `  \n  _hint:_ ${markdownText(first.hint)}`}${mend === undefined ? "" : `  \n  _mend:_ ${markdownText(mend)}`}`,
    ];
  });
  return `<details><summary>${xmlText(`${kind} ${namespace}/${name}`)}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

function ruleLink({ id, reference }: CheckFinding): string {
  const name = `\`${code(id)}\``;
  return reference === undefined ? name : `[${name}](${reference})`;
}

function code(text: string): string {
  return text.replace(/[`\n|]/g, " ");
}
