// `secctx check` beside a Go program over the admission code itself and the linters that install from a registry: wall time,
// CPU time (user + system) and peak memory of whole processes, in turn on the same documents, so that a noisy machine hits all
// alike. Ratios are paired round by round with the Go reference.
//
// Peers are looked for in PEERS (default /tmp/secctx-bench-peers): psaRef is built there by this script when go is
// installed; `bash bench/peers/install.sh` fetches the others. What is not there is said, not measured.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { deployment, deployments } from "./deployments.ts";
import { spread } from "./measure.ts";

const PEERS = process.env["PEERS"] ?? "/tmp/secctx-bench-peers";
const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
/** `SETS="1 in one file,1000 files"` measures these alone. */
const SETS = process.env["SETS"]?.split(",");
const CORPUS = resolve("../shared/corpus/real");

interface Usage {
  /** Milliseconds. */
  readonly wall: number;
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
}
interface Peer {
  readonly name: string;
  readonly words: (path: string) => readonly string[];
  /** More documents than that take it minutes. */
  readonly most: number;
}
interface DocumentSet {
  readonly name: string;
  readonly path: string;
  readonly documents: number;
  readonly rounds: number;
}

const EMPTY: Peer = { name: "node -e 0", words: () => ["node", "-e", "0"], most: 1 };
const REFERENCE = "Go reference";
const MANY = 100_000;

export function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "secctx-bench-check-"));
  try {
    const peers = present();
    for (const set of documentSets(folder)) {
      if (SETS === undefined || SETS.includes(set.name)) measureSet(set, peers);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function documentSets(folder: string): DocumentSet[] {
  const oneFile = (count: number, rounds: number): DocumentSet => {
    const path = join(folder, `${count}.yaml`);
    writeFileSync(path, [...deployments(count)].join(""));
    return { name: `${count} in one file`, path, documents: count, rounds };
  };
  const many = join(folder, "files");
  mkdirSync(many);
  for (let index = 0; index < 1_000; index += 1) {
    writeFileSync(join(many, `${String(index).padStart(4, "0")}.yaml`), deployment(index));
  }
  const real: DocumentSet = {
    name: "real manifests",
    path: CORPUS,
    documents: 1_800,
    rounds: ROUNDS,
  };
  return [
    oneFile(1, ROUNDS * 5),
    oneFile(100, ROUNDS * 2),
    oneFile(1_000, ROUNDS),
    oneFile(10_000, ROUNDS),
    { name: "1000 files", path: many, documents: 1_000, rounds: ROUNDS },
    ...(existsSync(CORPUS) ? [real] : []),
  ];
}

function present(): Peer[] {
  const at = (name: string) => join(PEERS, name);
  buildReference(at("psaRef"));
  const all: readonly (Peer & { readonly file: string })[] = [
    { name: REFERENCE, file: at("psaRef"), words: (path) => [at("psaRef"), path], most: MANY },
    {
      name: "kubeconform",
      file: at("kubeconform"),
      words: (path) => [
        at("kubeconform"),
        "-ignore-missing-schemas",
        "-schema-location",
        at("schemas"),
        path,
      ],
      most: MANY,
    },
    {
      name: "kube-score",
      file: at("kube-score"),
      words: (path) => [at("kube-score"), "score", ...files(path)],
      most: MANY,
    },
    {
      name: "kyverno",
      file: at("kyverno"),
      words: (path) => [at("kyverno"), "apply", "bench/peers/restricted.yaml", "--resource", path],
      most: MANY,
    },
    {
      name: "checkov",
      file: at("checkov/bin/checkov"),
      words: (path) => [
        ...[at("checkov/bin/checkov"), "--framework", "kubernetes", "--compact", "--quiet"],
        ...["--skip-download", existsSync(join(path, ".")) ? "-d" : "-f", path],
      ],
      most: 1_000,
    },
  ];
  for (const { name, file } of all)
    if (!existsSync(file)) console.log(`not here: ${name} (${file})`);
  console.log("");
  const own: readonly Peer[] = [
    EMPTY,
    ...["jsonl", "text"].map((form) => ({
      name: `secctx check -o ${form}`,
      words: (path: string) => [
        "node",
        "dist/secctx.cjs",
        "check",
        "--no-config",
        path,
        "-o",
        form,
      ],
      most: MANY,
    })),
  ];
  return [...own, ...all.filter(({ file }) => existsSync(file))];
}

/** kube-score takes no folder. */
function files(path: string): string[] {
  const found = spawnSync("find", [path, "-name", "*.yaml", "-type", "f"], { encoding: "utf8" });
  return found.stdout.trim().split("\n");
}

function buildReference(file: string): void {
  if (existsSync(file) || spawnSync("go", ["version"]).status !== 0) return;
  mkdirSync(PEERS, { recursive: true });
  const built = spawnSync("go", ["build", "-o", file, "."], {
    cwd: "bench/peers/psaRef",
    stdio: "inherit",
  });
  if (built.status !== 0) throw new Error("bench/peers/psaRef does not build");
}

function measureSet({ name, path, documents, rounds }: DocumentSet, peers: readonly Peer[]): void {
  const taking = peers.filter(({ most }) => documents <= most);
  const samples = taking.map((): Usage[] => []);
  // The first round warms the caches of the machine and does not count.
  for (let round = -1; round < rounds; round += 1) {
    taking.forEach((peer, index) => {
      const usage = once(peer, path);
      if (round >= 0) samples[index]?.push(usage);
    });
  }
  const reference = samples[taking.findIndex((peer) => peer.name === REFERENCE)] ?? [];
  console.log(`### ${name}\n`);
  console.log(
    "| what | wall ms min / median / max | CPU ms min / median / max | peak MiB | wall ÷ Go reference | CPU ÷ Go reference |",
  );
  console.log("| --- | --- | --- | --- | --- | --- |");
  taking.forEach((peer, index) => {
    const own = samples[index] ?? [];
    const cells = [
      ...[peer.name, three(own.map(({ wall }) => wall)), three(own.map(({ cpu }) => cpu))],
      String(Math.round(Math.max(...own.map(({ memory }) => memory)))),
      ...(["wall", "cpu"] as const).map((of) => ratio(own, reference, of)),
    ];
    console.log(`| ${cells.join(" | ")} |`);
  });
  if (documents === 1)
    console.log(`\nabove node -e 0, CPU ms, paired: ${aboveNode(taking, samples)}`);
  console.log("");
}

function aboveNode(peers: readonly Peer[], samples: readonly Usage[][]): string {
  const empty = samples[peers.indexOf(EMPTY)] ?? [];
  const own = samples[peers.findIndex(({ name }) => name.endsWith("text"))] ?? [];
  return three(own.map(({ cpu }, round) => cpu - (empty[round]?.cpu ?? Number.NaN)));
}

/** Minimum, median and maximum of the rounds' ratios. */
function ratio(own: readonly Usage[], reference: readonly Usage[], of: "wall" | "cpu"): string {
  if (reference.length === 0) return "–";
  const ratios = own.map((usage, round) => usage[of] / (reference[round]?.[of] || 1));
  const { min, median, max } = spread(ratios);
  return [min, median, max].map((value) => value.toFixed(2)).join(" / ");
}

function three(values: readonly number[]): string {
  const { min, median, max } = spread(values);
  return [min, median, max].map((value) => value.toFixed(0)).join(" / ");
}

/** Findings and broken manifests are no failures of the measured program; that it did not start is. */
function once({ name, words }: Peer, path: string): Usage {
  const format = "secctx-bench %e %U %S %M";
  const result = spawnSync("/usr/bin/time", ["-f", format, ...words(path)], {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1024 * 1024 * 1024,
  });
  const line = /secctx-bench ([\d.]+) ([\d.]+) ([\d.]+) (\d+)\s*$/.exec(result.stderr ?? "");
  const [, wall = "", user = "", system = "", kib = ""] = line ?? [];
  if (line === null || (result.status ?? 127) >= 126) {
    throw new Error(`${name}: exit ${result.status}: ${result.stderr?.slice(-500)}`);
  }
  return {
    wall: Number(wall) * 1000,
    cpu: (Number(user) + Number(system)) * 1000,
    memory: Number(kib) / 1024,
  };
}
