// Writes docs/checks: a page per finding from the catalogue, with what `check` says of its failing example, and the list of all.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { PAGES } from "../../src/core/answers/pages/catalogue.ts";
import { findingsIn, requestFindings, versionsOf } from "../../src/core/answers/pages/examples.ts";
import type { FindingPage, StageRequest } from "../../src/core/answers/pages/page.ts";
import { RISKS } from "../../src/core/answers/risks.ts";
import { UPGRADES } from "../../src/core/answers/upgrades.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { KubeMinor } from "../../src/core/model/version.ts";
import { NEWEST_KUBERNETES, type WorldFile } from "../../src/core/model/world.ts";
import { CHECKS } from "../../src/core/podsecurity/checks.ts";
import { writeJson } from "../../src/core/rules/json.ts";

export const TITLES_FILE = fileURLToPath(
  new URL("../../src/core/answers/stageTitles.ts", import.meta.url),
);
export const FOLDER = fileURLToPath(new URL("../../docs/checks/", import.meta.url));

const GENERATED = "<!-- Written by tools/docs/checks.ts from src/core/answers: do not edit. -->\n";

/** File name → text. */
export function pageFiles(): ReadonlyMap<string, string> {
  const files = new Map(PAGES.map((page) => [`${page.id}.md`, pageText(page)]));
  files.set("README.md", listText());
  return files;
}

/** The titles alone, for reports: the pages' words would slow every start of the command. */
export function titlesText(): string {
  const own = new Set([...RISKS, ...UPGRADES].map(({ id }) => id));
  const rows = PAGES.filter(({ id }) => !own.has(id) && id !== "apiserver.other")
    .map(({ id, title }) => titleRow(JSON.stringify(id), JSON.stringify(title)))
    .sort();
  return `// Id of a stage's finding → the title of its page. Written by tools/docs/checks.ts from the pages: do not edit.
export const STAGE_TITLES: Readonly<Record<string, string>> = {
${rows.join("")}};
`;
}

/** As the formatter has it. */
function titleRow(id: string, title: string): string {
  const line = `  ${id}: ${title},`;
  return line.length > 100 ? `  ${id}:\n    ${title},\n` : `${line}\n`;
}

function pageText(page: FindingPage): string {
  const { id, title, why, mend, reference } = page;
  const parts = [
    `# ${id}\n`,
    GENERATED,
    `**${title}.**\n`,
    factsText(page),
    `## What it means\n\n${why}\n`,
    ...restrictionsText(id),
    `## How to mend it\n\n${mend}\n`,
    ...examplesText(page),
    `See <${reference}>.\n`,
  ];
  return parts.join("\n");
}

function factsText(page: FindingPage): string {
  const [asked] = requestFindings(page, "failing");
  const [finding] = page.request === undefined ? findingsIn(page, "failing") : [];
  const rows: (readonly [string, string])[] = [["Stage", stageOf(page.id)]];
  if (asked !== undefined) rows.push(["Severity", asked.severity], ["Said by", asked.origin]);
  if (finding !== undefined) {
    rows.push(["Severity", finding.severity], ["Said by", finding.origin]);
    const versions = page.id.startsWith("upgrade.") ? (finding.versions ?? []) : versionsOf(page);
    const span = page.id.startsWith("upgrade.")
      ? versions.join(", ").replaceAll("v", "")
      : spanText(versions);
    rows.push([
      "Kubernetes",
      page.id.startsWith("upgrade.") ? `with the step to ${span} in the example` : span,
    ]);
  }
  return `| | |\n| --- | --- |\n${rows.map(([key, value]) => `| ${key} | ${value} |`).join("\n")}\n`;
}

function stageOf(id: string): string {
  return id.slice(0, id.indexOf("."));
}

/** Of the example: a version may say something else of another one. */
function spanText(versions: readonly KubeMinor[]): string {
  const [first] = versions;
  const last = versions.at(-1);
  if (first === undefined || last === undefined) return "none";
  const since = first === "v1.20" ? "1.20 (the oldest known) or before" : first.slice(1);
  return last === NEWEST_KUBERNETES ? `since ${since}` : `since ${since}, until ${last.slice(1)}`;
}

function restrictionsText(id: string): string[] {
  const check = CHECKS.find((one) => `podsecurity.${one.id}` === id);
  if (check === undefined) return [];
  const rows = check.restricts.flatMap((rule) => {
    const fields = rule.fields.map((field) => `\`${field}\``).join("<br>");
    const allowed = rule.allowed?.at(-1)?.value;
    const forbidden = rule.forbidden?.at(-1)?.value;
    const wanted = rule.mustInclude?.at(-1)?.value;
    const text =
      allowed !== undefined
        ? `only ${valuesText(allowed)}`
        : forbidden !== undefined
          ? `not ${valuesText(forbidden)}`
          : wanted === undefined
            ? ""
            : `has to include \`${wanted}\``;
    return [`| ${fields} | ${text} |`];
  });
  return [
    `Level **${check.level}** looks at:\n\n| field | value |\n| --- | --- |\n${rows.join("\n")}\n`,
  ];
}

function valuesText(values: readonly unknown[]): string {
  return values.map((value) => (value === undefined ? "absent" : `\`${value}\``)).join(", ");
}

function examplesText(page: FindingPage): string[] {
  const { failing = "", passing = "", world, passingWorld, request } = page;
  if (request !== undefined) return requestText(page, request);
  const messages = [...new Set(findingsIn(page, "failing").map(({ message }) => message))];
  const said = messages.map((message) => `> ${escaped(message)}\n`).join("\n");
  const same = passing === failing;
  return [
    `## Example\n\nThis has it${optionsText(page)}:\n\n${yaml(failing)}${worldText(world)}\n${said}`,
    same
      ? `The same manifest has not${worldText(passingWorld ?? world)}`
      : `This has not:\n\n${yaml(passing)}${passingWorld === undefined ? "" : worldText(passingWorld)}`,
  ];
}

/** What no manifest leads to: lines for `secctx stage`. */
function requestText(page: FindingPage, { stage, failing, passing }: StageRequest): string[] {
  const said = requestFindings(page, "failing").map(({ message }) => `> ${escaped(message)}\n`);
  return [
    `## Example\n\n${page.only}\n`,
    `This has it:\n\n${shell(stage, failing)}\n${said.join("\n")}`,
    `This has not:\n\n${shell(stage, passing)}`,
  ];
}

function shell(stage: string, line: JsonObject): string {
  return `\`\`\`sh\nsecctx stage ${stage} <<'EOF'\n${writeJson(line)}\nEOF\n\`\`\`\n`;
}

function optionsText({ id, level = "privileged" }: FindingPage): string {
  const range = id.startsWith("upgrade.") ? " --kubernetes 1.20..1.37" : "";
  return ` (\`secctx check --level ${level}${range}\`)`;
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text}\`\`\`\n`;
}

function worldText(world: WorldFile | undefined): string {
  if (world === undefined) return "";
  if (Object.keys(world).length === 0) return " in the world that is taken where none is told.\n";
  return `\nin this world (\`--world\`):\n\n${yaml(stringify(world))}`;
}

function escaped(text: string): string {
  return text.replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;")).replace(/\n/g, " ");
}

function listText(): string {
  const rows = PAGES.map(({ id, title }) => `| [${id}](${id}.md) | ${title} |`);
  return `# What \`secctx check\` finds

${GENERATED}
Refusals and warnings are the real programs' own; risks and upgrade breaks are what no program says. Each page has an example that
has the finding and one that has not; both are run as tests. They are manifests for \`secctx check\`, or, of what no manifest leads
to, lines for \`secctx stage\`.

\`check\` judges by \`--level\`. Without it the level is what the pod's namespace enforces (its Namespace in the input, \`--world\`,
\`--enforce\`), and restricted where nothing is enforced: who names no level is told the most.

| finding | what is so |
| --- | --- |
${rows.join("\n")}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = pageFiles();
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) if (!files.has(name)) rmSync(join(FOLDER, name));
  for (const [name, text] of files) writeFileSync(join(FOLDER, name), text);
  writeFileSync(TITLES_FILE, titlesText());
}
