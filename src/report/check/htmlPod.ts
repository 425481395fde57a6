// One workload of the page: its level, a card per place with what is said there, and what is accepted.

import type { CheckedPod, CheckFinding } from "../../core/answers/checked.ts";
import type { SuggestedLine } from "../../core/answers/fix/hunks.ts";
import { type Block, openBlocks, type Said } from "./blocks.ts";
import { pointedLine } from "./excerptText.ts";
import { expiredText } from "./hinted.ts";
import { kindOf } from "./kind.ts";
import { isMet, meetsText } from "./meetsText.ts";
import { alikeText, beforeText, leftText, type PlacedHunks, placedHunks } from "./placedHunks.ts";
import { moreLinesText, shownLines } from "./shownLines.ts";
import { mendOf } from "./titles.ts";
import { saidBy, whoText } from "./whoText.ts";
import { xmlText } from "./xmlText.ts";

export function podSection(pod: CheckedPod, index: number): string {
  const { workload, source, findings } = pod;
  const { kind, namespace, name } = workload;
  const verdict = `<span class="${isMet(pod) ? "met" : "unmet"}">${meetsText(pod)}</span>`;
  const blocks = openBlocks(pod);
  const placed = placedHunks(pod, blocks);
  const cards = blocks.map((block) => card(block, placed)).join("");
  return `<section class="pod" id="pod${index}"><h2>${xmlText(`${kind} ${namespace}/${name}`)} ${verdict}</h2><p class="place">${xmlText(`${source.file}:${source.line}`)}</p>${podCard(pod, placed)}${cards}${acceptedList(findings)}</section>`;
}

/** What stands at the pod itself, and what only a person can decide. */
function podCard(pod: CheckedPod, { ofPod }: PlacedHunks): string {
  const left = leftText(pod);
  const hunks = ofPod.map(({ line, lines }) => {
    const where = `${pod.source.file}:${line} · the pod itself`;
    return `<p class="place">${xmlText(where)}</p>${fixedLines(lines)}`;
  });
  if (left !== "") hunks.push(`<p class="fixed">${xmlText(left)}</p>`);
  return hunks.length === 0 ? "" : `<article>${hunks.join("")}</article>`;
}

function card({ place, said }: Block, placed: PlacedHunks): string {
  const { file, line = 1, column = 1, container, inherited } = place;
  const who = [
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(inherited === undefined
      ? []
      : [`inherits the pod's ${inherited.slice(inherited.lastIndexOf("/") + 1)}`]),
  ];
  const where = [`${file}:${line}:${column}`, ...who].join(" · ");
  return `<article><p class="place">${xmlText(where)}</p>${excerpt(place)}${said.map((one) => sentence(one, placed)).join("")}</article>`;
}

/** The lines up to the place, what it is about marked in the last. */
function excerpt(finding: CheckFinding): string {
  const pointed = pointedLine(finding);
  if (pointed === undefined) return "";
  const { number, code, from, length } = pointed;
  const before = (finding.excerpt ?? "").split("\n").slice(0, -2);
  const marked = `${xmlText(code.slice(0, from))}<mark>${xmlText(code.slice(from, from + length))}</mark>${xmlText(code.slice(from + length))}`;
  const last = `${xmlText(number)} | ${marked}`;
  return `<pre>${[...before.map(xmlText), last].join("\n")}</pre>`;
}

function sentence(one: Said, placed: PlacedHunks): string {
  const { finding, others } = one;
  const { id, reference } = finding;
  const kind = kindOf(finding);
  // The lines themselves say more than how to write them.
  const mend = finding.hunks === undefined ? mendOf(id) : undefined;
  const { shown, before, alike } = placed.of(one);
  const told = [beforeText(before, placed.ofPod), alikeText(alike)].filter((text) => text !== "");
  const was = expiredText(finding);
  const name = `<code>${xmlText(id)}</code>`;
  const link = reference === undefined ? name : `<a href="${xmlText(reference)}">${name}</a>`;
  const places = others.map(({ line = 1, column = 1, container }) =>
    container === undefined ? `${line}:${column}` : `${container} ${line}:${column}`,
  );
  return [
    `<div class="said ${kind}"><p><b>${kind}</b> ${xmlText(saidBy(finding).said)}</p>`,
    finding.hint === undefined ? "" : `<p class="hint">${xmlText(finding.hint)}</p>`,
    was === "" ? "" : `<p class="hint">${xmlText(was)}</p>`,
    ...shown.map(({ lines }) => fixedLines(lines)),
    told.length === 0 ? "" : `<p class="fixed">${xmlText(told.join("; "))}</p>`,
    mend === undefined ? "" : `<p class="mend">${xmlText(mend)}</p>`,
    places.length === 0 ? "" : `<p class="origin">also ${xmlText(places.join(", "))}</p>`,
    `<p class="origin">${xmlText(whoText(finding))} · ${link}</p></div>`,
  ].join("");
}

/** Characters of a line that is suggested: a file may be one line. */
const ROOM = 160;

/** What `secctx fix` makes of the lines. */
function fixedLines(all: readonly SuggestedLine[]): string {
  if (all.length === 0) return "";
  const { lines, left } = shownLines(all, ROOM);
  const rows = lines.map(({ sign, text }) => {
    const name = sign === "+" ? "ins" : "del";
    return `<${name}>${sign} ${xmlText(text)}</${name}>`;
  });
  if (left > 0) rows.push(xmlText(moreLinesText(left)));
  return `<pre class="fix">${rows.join("\n")}</pre>`;
}

function acceptedList(findings: readonly CheckFinding[]): string {
  const items = findings.flatMap(({ suppressed, id, message, file, line = 1 }) =>
    suppressed === undefined
      ? []
      : [
          `<li><code>${xmlText(id)}</code> ${xmlText(`${file}:${line}: ${message}`)} <em>${xmlText(suppressed.reason)}</em> (${xmlText(suppressed.at)})</li>`,
        ],
  );
  if (items.length === 0) return "";
  return `<details><summary>${items.length} suppressed</summary><ul>${items.join("")}</ul></details>`;
}
