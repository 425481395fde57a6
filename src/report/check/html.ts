// `check` as one page of its own: nothing is fetched and no script runs, so it can be mailed or kept as an artifact.
import type { CheckedPod, CheckReport } from "../../core/answers/checked.ts";
import type { ManifestError } from "../../core/manifest/manifest.ts";
import { PLAIN } from "../style.ts";
import { hinted } from "./hinted.ts";
import { podSection } from "./htmlPod.ts";
import { HTML_STYLE } from "./htmlStyle.ts";
import { KINDS, type Kind, kindOf } from "./kind.ts";
import { isMet, meetsText } from "./meetsText.ts";
import { summaryLines } from "./summary.ts";
import { saidOf } from "./tally.ts";
import { xmlText } from "./xmlText.ts";

export function checkHtml(report: CheckReport): string {
  const [first = "", ...lines] = summaryLines(report, { style: PLAIN }).map(([line]) => line);
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
<header><h1>secctx check</h1><p class="found">${xmlText(first)}</p>${lines.map((line) => `<p>${xmlText(line)}</p>`).join("")}${filterOf(report)}</header>
<main>${tableOf(report.pods)}${report.errors.map(errorSection).join("\n")}${report.pods.map(podSection).join("\n")}</main>
</body>
</html>
`;
}

/** Boxes that hide a kind; the style alone does it. */
function filterOf({ pods }: CheckReport): string {
  const present = KINDS.filter((kind) => pods.some((pod) => countOf(pod, kind) > 0));
  if (present.length < 2) return "";
  const boxes = present.map(
    (kind) =>
      `<label class="${kind}"><input type="checkbox" id="${kind}" checked> <b>${kind}</b></label>`,
  );
  return `<form class="filter" aria-label="Kinds that are shown">${boxes.join("")}</form>`;
}

function countOf(pod: CheckedPod, kind: Kind): number {
  return saidOf(pod).filter((one) => kindOf(one) === kind).length;
}

function tableOf(pods: readonly CheckedPod[]): string {
  if (pods.length < 2) return "";
  const rows = pods.map((pod, index) => {
    const { kind, namespace, name } = pod.workload;
    const verdict = `<td class="${isMet(pod) ? "met" : "unmet"}">${meetsText(pod)}</td>`;
    const numbers = KINDS.map((kind) => `<td class="number">${countOf(pod, kind) || ""}</td>`);
    return `<tr><td><a href="#pod${index}">${xmlText(`${kind} ${namespace}/${name}`)}</a></td>${verdict}${numbers.join("")}</tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>workload</th><th>Pod Security</th><th>refusals</th><th>unmet</th><th>warnings</th><th>notes</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

function errorSection(error: ManifestError): string {
  const { file, line, column, excerpt } = error;
  const message = hinted(error);
  return `<section class="pod"><h2>${xmlText(file)}</h2><article><p class="place">${xmlText(file)}:${line}:${column}</p><pre>${xmlText(excerpt)}</pre><div class="said refusal"><p><b>not read</b> ${xmlText(message)}</p></div></article></section>`;
}
