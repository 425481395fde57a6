// What `secctx check` is measured beside: the Go reference and the linters that install from a registry, and how each is asked.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const PEERS = process.env["PEERS"] ?? "/tmp/secctx-bench-peers";

export interface Peer {
  readonly name: string;
  readonly words: (path: string) => readonly string[];
  /** More documents than that take it minutes. */
  readonly most: number;
  /** How much it says it has looked at; 0: it ended without an answer. */
  readonly judged: (output: string) => number;
}
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export const EMPTY: Peer = {
  ...{ name: "node -e 0", words: () => ["node", "-e", "0"], most: 1, judged: () => 1 },
};
export const REFERENCE = "Go reference";
export const SECCTX = "secctx check -o jsonl";
const MANY = 100_000;

/** `text` is what people read, `jsonl` what programs do. */
export const OWN: readonly Peer[] = ["jsonl", "text"].map((form) => ({
  name: `secctx check -o ${form}`,
  words: (path: string) => ["dist/secctx.cjs", "check", "--no-config", path, "-o", form],
  most: MANY,
  judged: (output: string) =>
    form === "jsonl" ? count(output, /^\{"source"/gm) : number(output, /^(\d+) pods? in/m),
}));

/** Go's programs, kyverno and checkov by `bash bench/peers/install.sh`. */
const OTHERS: readonly Peer[] = [
  {
    name: REFERENCE,
    words: (path) => [at("psaRef"), path],
    most: MANY,
    judged: (output) => number(output, /^(\d+) pods,/m),
  },
  {
    name: "kubeconform",
    words: (path) => [
      ...[at("kubeconform"), "-summary", "-ignore-missing-schemas", "-schema-location"],
      ...[join(PEERS, "schemas", "{{.ResourceKind}}{{.KindSuffix}}.json"), path],
    ],
    most: MANY,
    judged: (output) => number(output, /(\d+) resources? found/),
  },
  {
    name: "kube-score",
    words: (path) => [at("kube-score"), "score", ...files(path)],
    most: MANY,
    judged: (output) => count(output, /^\S*v\d\S*\/\w+ \S+ /gm),
  },
  {
    name: "kyverno",
    words: (path) => [at("kyverno"), "apply", "bench/peers/restricted.yaml", "--resource", path],
    most: MANY,
    judged: (output) => number(output, /to (\d+) resource\(s\)/),
  },
  {
    name: "checkov",
    words: (path) => [
      ...[at("checkov"), "--framework", "kubernetes", "--compact", "--quiet", "--skip-download"],
      ...[isFolder(path) ? "-d" : "-f", path],
    ],
    most: 2_000,
    judged: (output) =>
      number(output, /Passed checks: (\d+)/) + number(output, /Failed checks: (\d+)/),
  },
  {
    name: "kube-linter",
    words: (path) => [at("kube-linter"), "lint", path],
    most: MANY,
    judged: (output) => number(output, /Error: found (\d+) lint errors/),
  },
];

/** What can be measured here, and of the rest why not. */
export function present(): {
  readonly peers: readonly Peer[];
  readonly leftOut: readonly LeftOut[];
} {
  buildReference(at("psaRef"));
  const here = OTHERS.filter((peer) => existsSync(programOf(peer)));
  const leftOut = OTHERS.filter((peer) => !here.includes(peer)).map(({ name }) => ({
    name,
    reason: whyNot(name),
  }));
  return { peers: [EMPTY, ...OWN, ...here], leftOut };
}

function at(program: string): string {
  return join(PEERS, program);
}

function programOf({ words }: Peer): string {
  return words("")[0] ?? "";
}

function whyNot(name: string): string {
  const told = at(`${name}.left-out`);
  return existsSync(told)
    ? readFileSync(told, "utf8").trim()
    : "not installed: bash bench/peers/install.sh";
}

function buildReference(file: string): void {
  if (existsSync(file) || spawnSync("go", ["version"]).status !== 0) return;
  mkdirSync(PEERS, { recursive: true });
  const folder = "bench/peers/psaRef";
  const built = spawnSync("go", ["build", "-o", file, "."], { cwd: folder, stdio: "inherit" });
  if (built.status !== 0) throw new Error(`${folder} does not build`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** kube-score takes no folder. */
function files(path: string): string[] {
  if (path === "") return [];
  const words = [path, "-type", "f", "(", "-name", "*.yaml", "-o", "-name", "*.yml", ")"];
  return spawnSync("find", words, { encoding: "utf8" }).stdout.trim().split("\n");
}

function number(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

function count(output: string, pattern: RegExp): number {
  return output.match(pattern)?.length ?? 0;
}
