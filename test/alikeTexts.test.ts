// Texts alike are read once: what is said of a text that was found by its form is what is said of it when it is read.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { deployment } from "../bench/deployments.ts";
import { type CheckPlan, checkTexts } from "../src/cli/checkStream.ts";
import { partsOf } from "../src/cli/inputs/texts.ts";
import { AlikeTexts } from "../src/core/answers/alike/texts.ts";
import { checkPodDocument } from "../src/core/answers/check.ts";
import { PAGES } from "../src/core/answers/pages/catalogue.ts";
import { eachDocument } from "../src/core/manifest/manifest.ts";
import { composeWorld } from "../src/core/rules/world.ts";

const CORPUS = fileURLToPath(new URL("../../shared/corpus/", import.meta.url));
const WORLD = composeWorld({ node: { appArmor: true } });
const PLAN: CheckPlan = {
  ...{ folder: "/", worlds: [WORLD], level: "restricted", labels: {}, namespaces: [] },
  ...{ excerpts: true, manifest: {}, form: { name: "jsonl" } },
};

function inputOf(text: string, index: number) {
  return { command: "check", file: `/${index}.yaml`, text, broken: [], isNamed: true } as const;
}

function said(texts: readonly string[]): string[] {
  return [...checkTexts(texts.map(inputOf), PLAN)].map(({ pods, errors, skipped }) =>
    JSON.stringify({ pods: pods.map(({ pod }) => pod), errors, skipped }),
  );
}

/** Every text read, every pod judged by itself. */
function saidAlone(texts: readonly string[]): string[] {
  const { excerpts, level } = PLAN;
  return texts.map(inputOf).flatMap((input) =>
    [...partsOf(input, eachDocument(input.text, input.file))].map(({ pods, errors, skipped }) => {
      const options = { excerpts, named: input.file.slice(1), ...(level ? { level } : {}) };
      const told = pods.map((pod) => checkPodDocument(pod, PLAN.worlds, options));
      return JSON.stringify({ pods: told, errors, skipped });
    }),
  );
}

/** In files of their own, and in one. */
function compare(texts: readonly string[]): void {
  for (const files of [texts, [texts.join("---\n")]]) {
    const alone = saidAlone(files);
    const together = said(files);
    assert.equal(together.length, alone.length);
    for (const [index, part] of together.entries()) {
      const own = alone[index] ?? "";
      // Not the whole of them: a difference would be lost in it.
      const at = [...part].findIndex((character, place) => character !== own[place]);
      const around = (all: string) => all.slice(Math.max(at - 200, 0), at + 200);
      if (part !== own) assert.equal(around(part), around(own));
    }
  }
}

/** How many of the texts are not read. */
function countFound(texts: readonly string[]): number {
  const known = new AlikeTexts();
  let found = 0;
  for (const text of texts) {
    if (known.find(text) !== undefined) found += 1;
    for (const _ of eachDocument(text, "x.yaml", { known }));
  }
  return found;
}

const LINE = /^([ ]*(?:- )*[\w./-]+: )(["']?)([^"'{}[\]|>&*]+)\2$/;

/** The text with another value on one of its lines. */
function changed(text: string, at: number, value: string): string {
  const lines = text.split("\n");
  const places = lines.flatMap((line, index) => (LINE.test(line) ? [index] : []));
  const index = places[at % Math.max(places.length, 1)] ?? 0;
  lines[index] = (lines[index] ?? "").replace(
    LINE,
    (_, key: string, quote: string) => `${key}${quote}${value}${quote}`,
  );
  return lines.join("\n");
}

/** The text with every plain name `app…` called otherwise. */
function renamed(text: string, by: string): string {
  return text.replaceAll(
    /\b(name|namespace|serviceAccountName): ([a-z][-a-z0-9]*)$/gm,
    `$1: $2-${by}`,
  );
}

const NASTY = [
  ...[
    "yes",
    "on",
    "n",
    "null",
    "~",
    "true",
    "False",
    ".inf",
    "1e3",
    "0x10",
    "010",
    "1_000",
    "1:30",
  ],
  ...[
    "0",
    "1",
    "2",
    "3",
    "80",
    "1023",
    "1024",
    "5000",
    "59999",
    "60000",
    "61001",
    "62000",
    "65535",
  ],
  ...["65536", "70000", "-1", "4294967296", "9007199254740993", "3.0", "1.5", "2001-01-01"],
  ...[
    "a b",
    "a: b",
    "a:b",
    "a #c",
    "a#c",
    "#c",
    "- a",
    "-",
    "?",
    "!x",
    "&x",
    "*x",
    "@x",
    "%x",
    "`x",
  ],
  ...["kube-system", "system", "kubelet", "UPPER", "zq000z", "zq", "x".repeat(64), "x".repeat(300)],
  ...[
    "$(VAR)",
    "$$",
    "ä",
    "\u00a0",
    "\t",
    "a\tb",
    "a ",
    " a",
    "",
    "{{ x }}",
    "a,b",
    "a]",
    "<<",
    "=",
  ],
  ...[
    "nginx",
    "nginx:latest",
    "nginx:1",
    "reg:5000/a/b:1",
    "a@sha256:0",
    "NGINX",
    "nginx:",
    "a//b",
  ],
  ...["app", "sidecar", "app-1", "default", "config", "tmp", "runtime/default", "unconfined"],
];

const deploymentText = fc.nat(2_000).map(deployment);
const change = fc.tuple(
  fc.nat(60),
  fc.oneof(fc.constantFrom(...NASTY), fc.stringMatching(/^[ -~]{0,12}$/)),
);

test("deployments of charts: found by their form, and the same said of them", () => {
  const texts = Array.from({ length: 400 }, (_, index) => deployment(index));
  assert.ok(countFound(texts) > 250);
  compare(texts);
});

test("other values, of any kind, at any place", () => {
  fc.assert(
    fc.property(
      fc.array(deploymentText, { minLength: 1, maxLength: 3 }),
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 8 }),
      (bases, changes) => {
        const others = changes.map((all, index) =>
          all.reduce((text, [at, to]) => changed(text, at, to), bases[index % bases.length] ?? ""),
        );
        compare([...bases, ...bases, ...others, ...others]);
      },
    ),
    { numRuns: Number(process.env["SECCTX_RUNS"] ?? 60) },
  );
});

const POD = (lines: string) => `apiVersion: v1
kind: Pod
metadata:
  name: one
spec:
  containers:
    - name: app
      image: app
${lines}`;

/** What stands at one place decides what is free at another, or what is alike. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  "one container is another's equal": ["app", "side", "other"].map((name) =>
    POD(`    - name: ${name}\n      image: app\n`),
  ),
  "ids in order": ["1000", "2000", "999", "0"].map((id) =>
    POD(
      `      securityContext:\n        runAsUser: ${id}\n  securityContext:\n    runAsUser: 1500\n`,
    ),
  ),
  "an id beyond": ["1000", "70000", "1001"].map((id) =>
    POD(
      `      securityContext:\n        runAsUser: ${id}\n  securityContext:\n    fsGroup: 1000\n`,
    ),
  ),
  "ports of the node": ["8080", "9090", "80"].map((port) =>
    POD(`      ports:\n        - containerPort: ${port}\n  hostNetwork: true\n`),
  ),
  "an anchor's value elsewhere": ["a", "b"].map((name) =>
    POD(
      `      env:\n        - name: A\n          value: &v ${name}\n        - name: B\n          value: *v\n`,
    ),
  ),
  "an anchor's mapping elsewhere": ["RuntimeDefault", "Unconfined"].map((type) =>
    POD("  securityContext:\n    seccompProfile: *l\n").replace(
      "  name: one\n",
      `  name: one\n  labels: &l\n    type: ${type}\n`,
    ),
  ),
  merged: ["a", "b"].map((name) => POD(`      <<:\n        workingDir: /${name}\n`)),
  "in braces": ["a", "app"].map((name) =>
    POD(`      envFrom: [{ configMapRef: { name: ${name} } }]\n`),
  ),
  "with a comment behind": ["a", "b"].map((name) => POD(`  serviceAccountName: ${name} # who\n`)),
  "a tag that decides": ["latest", "1.0", "2"].map((tag) =>
    POD(`    - name: b\n      image: "r/b:${tag}"\n`),
  ),
  "an annotation that is read": ["unconfined", "runtime/default"].map((profile) =>
    POD("").replace(
      "  name: one\n",
      `  name: one\n  annotations:\n    container.apparmor.security.beta.kubernetes.io/app: ${profile}\n`,
    ),
  ),
  "behind a mark": ["a", "b", "c"].map(
    (name) => `# of a chart\n---\n${POD("").replace("one", name)}`,
  ),
  "two documents": ["a", "b"].map((name) => `${POD("")}---\n${POD("").replace("one", name)}`),
  "line ends": ["a", "b"].map((name) => POD("").replace("one", name).replaceAll("\n", "\r\n")),
  quoted: ["a", "true", "b"].map((name) => POD("").replace("name: one", `name: '${name}'`)),
  folded: ["a", "b"].map((name) => POD("").replace("name: one", `name: one\n    ${name}`)),
};

for (const [what, texts] of Object.entries(FORMS)) {
  test(`forms: ${what}`, () => {
    compare([...texts, ...texts, ...texts]);
    compare([...texts, ...texts.toReversed(), ...texts].map((text) => renamed(text, "x")));
  });
}

test("the examples of every finding's page, renamed", () => {
  const texts = PAGES.flatMap(({ failing = "", passing = "" }) => [failing, passing]);
  for (const text of texts)
    compare([text, renamed(text, "a"), renamed(text, "b"), renamed(text, "c")]);
});

const skip = existsSync(CORPUS) ? false : "no ../shared/corpus beside the checkout";

test("the real manifests and the tricky pods, renamed", { skip }, () => {
  const every = Number(process.env["SECCTX_EVERY"] ?? 9);
  let found = 0;
  for (const folder of ["real", "tricky"]) {
    const files = readdirSync(join(CORPUS, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ya?ml|json)$/.test(file))
      .filter((_, index) => index % every === 0);
    for (const file of files) {
      const text = readFileSync(join(CORPUS, folder, file), "utf8");
      if (text.length > 32 * 1024) continue;
      const texts = [text, text, ...["a", "bb", "ccc"].map((by) => renamed(text, by))];
      compare(texts);
      found += countFound(texts);
    }
  }
  assert.ok(found > 50, String(found));
});
