// `check` as one page of its own: nothing is fetched, it can be mailed or kept as an artifact.
import type { CheckedPod, CheckFinding, CheckReport } from "../../core/answers/checked.ts";
import { PLAIN } from "../style.ts";
import { grouped } from "./blocks.ts";
import { HTML_STYLE } from "./htmlStyle.ts";
import { summaryLines } from "./summary.ts";
import { xmlText } from "./xmlText.ts";

export function checkHtml(report: CheckReport): string {
  const summary = summaryLines(report, { style: PLAIN }).map(([line]) => line);
  const lines = summary.map((line) => `<p>${xmlText(line)}</p>`);
  const errors = report.errors.map(
    ({ file, line, column, message, excerpt }) =>
      `<section class="pod"><h2>${xmlText(file)}</h2><article class="refusal"><h3><b>not read</b> ${xmlText(message)}</h3><p class="place">${xmlText(file)}:${line}:${column}</p><pre>${xmlText(excerpt)}</pre></article></section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>secctx check</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<header><h1>secctx check</h1>${lines.join("")}</header>
<main>${errors.join("\n")}${report.pods.map(podSection).join("\n")}</main>
</body>
</html>
`;
}

function podSection(pod: CheckedPod): string {
  const { workload, source, podSecurity, findings } = pod;
  const { kind, namespace, name } = workload;
  const { level, met } = podSecurity;
  const open = findings.filter(({ suppressed }) => suppressed === undefined);
  const verdict = met
    ? `<span class="met">meets ${level}</span>`
    : `<span class="unmet">does not meet ${level}</span>`;
  return `<section class="pod"><h2>${xmlText(`${kind} ${namespace}/${name}`)} ${verdict}</h2><p class="place">${xmlText(`${source.file}:${source.line}`)}</p>${grouped(open).map(article).join("")}</section>`;
}

function article(group: readonly CheckFinding[]): string {
  const [first] = group;
  if (first === undefined) return "";
  const places = group.map(({ line = 1, column = 1, container, excerpt }) => {
    const who = container === undefined ? "" : `, container ${container}`;
    const lines = excerpt === undefined ? "" : `<pre>${xmlText(excerpt)}</pre>`;
    return `<p class="place">${xmlText(`line ${line}:${column}${who}`)}</p>${lines}`;
  });
  const link =
    first.reference === undefined
      ? xmlText(first.id)
      : `<a href="${xmlText(first.reference)}">${xmlText(first.id)}</a>`;
  return `<article class="${first.severity}"><h3><b>${first.severity}</b> ${xmlText(first.message)}</h3>${places.join("")}<p class="origin">${xmlText(first.origin)} · ${link}</p></article>`;
}
