// Makes the README's pictures, docs/terminal.svg and docs/check.svg, from the real output of real commands. The first needs root (it runs a pod).
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const COLUMNS = 80;
const CELL = 8.4;
const LINE = 19;
const MARGIN = 18;
const BAR = 34;

/** SGR code → colour, for dark ground. */
const COLOURS: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
};

interface Span {
  readonly text: string;
  readonly style: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const SEQUENCE = /(\u001b\[[0-9;]*m)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const CODES = /^\u001b\[([0-9;]*)m$/;

/** Cuts a line at its escape sequences. */
function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let [bold, dim, colour] = [false, false, ""];
  for (const part of line.split(SEQUENCE)) {
    const codes = CODES.exec(part);
    if (codes === null) {
      if (part === "") continue;
      const fill = colour === "" ? "" : ` fill="${colour}"`;
      spans.push({
        text: part,
        style: `${fill}${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.62"' : ""}`,
      });
      continue;
    }
    for (const code of (codes[1] ?? "0").split(";").map(Number)) {
      if (code === 0) [bold, dim, colour] = [false, false, ""];
      else if (code === 1) bold = true;
      else if (code === 2) dim = true;
      else if (code === 22) [bold, dim] = [false, false];
      else if (code === 39) colour = "";
      else colour = COLOURS[code] ?? colour;
    }
  }
  return spans;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function svg(lines: readonly string[]): string {
  const width = COLUMNS * CELL + 2 * MARGIN;
  const height = lines.length * LINE + BAR + 2 * MARGIN;
  const rows = lines.map((line, index) => {
    const y = BAR + MARGIN + (index + 0.75) * LINE;
    let column = 0;
    const spans = spansOf(line).map(({ text, style }) => {
      const x = MARGIN + column * CELL;
      column += text.length;
      const length = ` textLength="${(text.length * CELL).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
      return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${length}${style} xml:space="preserve">${escaped(text)}</text>`;
    });
    return spans.join("");
  });
  const dots = ["#ff5f57", "#febc2e", "#28c840"].map(
    (fill, index) =>
      `<circle cx="${MARGIN + 6 + index * 20}" cy="${BAR / 2 + 2}" r="6" fill="${fill}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e6edf3">`,
    `<rect width="100%" height="100%" rx="10" fill="#0d1117"/>`,
    ...dots,
    ...rows.filter((row) => row !== ""),
    "</svg>",
    "",
  ].join("\n");
}

/** What a person sees who types the command: both streams, in colour. */
function screenOf(command: readonly string[]): string[] {
  const [, ...args] = command;
  const shown = `\u001b[32m$\u001b[39m \u001b[1m${command.join(" ")}\u001b[22m`;
  const result = spawnSync(
    "bash",
    ["-c", `node dist/secctx.cjs "$@" --color always 2>&1`, "bash", ...args],
    {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, COLUMNS: String(COLUMNS) },
    },
  );
  return [shown, ...result.stdout.trimEnd().split("\n")];
}

/** Picture → the commands on it. */
const PICTURES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  terminal: [
    ["secctx", "explain", "examples/dac.yaml", "--image", "oci:dist/demo"],
    ["secctx", "run", "examples/dac.yaml", "--image", "oci:dist/demo"],
  ],
  check: [["secctx", "check", "docs/examples/web.yaml"]],
};

/** All of them, or those that are named. */
const wanted = process.argv.slice(2);
for (const [name, commands] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const lines = commands.flatMap((command, index) => [
    ...(index === 0 ? [] : [""]),
    ...screenOf(command),
  ]);
  writeFileSync(`${ROOT}/docs/${name}.svg`, svg(lines));
}
