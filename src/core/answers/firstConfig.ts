// A first secctx.yaml from what is there: the level that most pods meet, the versions that namespaces name, the folders with pods.
import type { JsonObject } from "../model/json.ts";
import { isJsonObject } from "../model/json.ts";
import { type KubeMinor, minor, parseKubeMinor } from "../model/version.ts";
import type { Level } from "../podsecurity/level.ts";

export interface Seen {
  /** Of every pod: its file, its namespace, and the highest level that it meets. */
  readonly pods: readonly {
    readonly file: string;
    readonly namespace: string;
    readonly highest: Level;
  }[];
  /** Files that hold what cannot be read: templates, as a rule. */
  readonly unreadable: readonly string[];
  /** Namespace objects, for their Pod Security labels. */
  readonly namespaces: readonly JsonObject[];
  readonly newest: KubeMinor;
}

export interface FirstConfig {
  readonly level: Level;
  /** `1.37` or `1.33..1.37`. */
  readonly kubernetes: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly failOn: string;
  readonly baseline?: string;
}

const STRICTEST_FIRST: readonly Level[] = ["restricted", "baseline", "privileged"];
const LABEL = "pod-security.kubernetes.io/enforce";

/** What a namespace enforces wins; else what more than half of the pods meet, and baseline at the least. */
export function proposeConfig(seen: Seen): FirstConfig {
  return {
    level: enforcedBy(seen.namespaces) ?? metByMost(seen),
    kubernetes: versionsOf(seen),
    include: foldersOf(seen.pods.map(({ file }) => file)),
    exclude: [...new Set(seen.unreadable)].sort(),
    failOn: "warning",
  };
}

/** Level → how many pods meet it at best, the strictest first. */
export function levelsMet({ pods }: Seen): readonly (readonly [Level, number])[] {
  return STRICTEST_FIRST.map(
    (level) => [level, pods.filter(({ highest }) => highest === level).length] as const,
  );
}

function metByMost(seen: Seen): Level {
  const restricted = seen.pods.filter(({ highest }) => highest === "restricted").length;
  return restricted * 2 > seen.pods.length ? "restricted" : "baseline";
}

function labelsOf(namespace: JsonObject): JsonObject {
  const metadata = isJsonObject(namespace["metadata"]) ? namespace["metadata"] : {};
  return isJsonObject(metadata["labels"]) ? metadata["labels"] : {};
}

/** The strictest of them; that one allows everything says nothing of the others. */
function enforcedBy(namespaces: readonly JsonObject[]): Level | undefined {
  const enforced = namespaces.map((one) => labelsOf(one)[LABEL]);
  return STRICTEST_FIRST.find((level) => level !== "privileged" && enforced.includes(level));
}

function versionsOf({ namespaces, newest }: Seen): string {
  const told = namespaces
    .map((one) => labelsOf(one)[`${LABEL}-version`])
    .filter((version) => typeof version === "string" && /^v1\.\d+$/.test(version))
    .map((version) => parseKubeMinor(String(version)))
    .filter((version) => version !== undefined)
    .filter((version) => minor(version) <= minor(newest));
  const oldest = told.toSorted((a, b) => minor(a) - minor(b))[0];
  const last = newest.slice(1);
  return oldest === undefined || oldest === newest ? last : `${oldest.slice(1)}..${last}`;
}

/** What is new tomorrow is to be checked, too: the first folder of each file; of files that lie in none, all that end alike. */
function foldersOf(files: readonly string[]): string[] {
  return [...new Set(files.map(placeOf))].sort();
}

function placeOf(file: string): string {
  const isOutside = file.startsWith("/") || file.startsWith("../");
  const slash = isOutside ? file.lastIndexOf("/") : file.indexOf("/");
  if (slash > 0) return file.slice(0, slash);
  const ending = file.lastIndexOf(".");
  return slash === 0 || ending <= 0 ? file : `*${file.slice(ending)}`;
}

/** The text of the file, with what each line is for. */
export function configText(config: FirstConfig): string {
  const { level, kubernetes, include, exclude, failOn, baseline } = config;
  const lines = [
    "# What `secctx check` does in this project. Command line options win over it.",
    "",
    "# The Pod Security level to reach; without it, what each workload's namespace enforces.",
    `level: ${level}`,
    "# A Kubernetes minor, or a range of them.",
    `kubernetes: ${JSON.stringify(kubernetes)}`,
    "# Checked when the command names nothing.",
    ...listText("include", include),
    ...(exclude.length === 0
      ? []
      : [
          "# Not checked: they could not be read. Once mended, take them out of here.",
          ...listText("exclude", exclude),
        ]),
    "# What makes the command fail: refusal, warning, note (that and worse), ids, or never.",
    `failOn: ${failOn}`,
    ...(baseline === undefined
      ? []
      : [
          `# Findings that were there before; write it anew with: secctx check --write-baseline ${baseline}`,
          `baseline: ${JSON.stringify(baseline)}`,
        ]),
    "# Findings that are accepted; everything that an exemption says has to match:",
    "# exemptions:",
    "#   - check: podsecurity.hostNamespaces",
    "#     namespace: monitoring",
    "#     reason: node-exporter reads the node's processes",
    "#     expires: 2030-12-31",
  ];
  return `${lines.join("\n")}\n`;
}

function listText(name: string, items: readonly string[]): string[] {
  if (items.length === 0) return [`${name}: []`];
  return [`${name}:`, ...items.map((item) => `  - ${scalar(item)}`)];
}

/** Plain where nothing in it means something in YAML or in a pattern. */
function scalar(text: string): string {
  return /^[a-zA-Z][\w./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
