// Runs a page's examples: what `check` finds in them, at one version or over all that secctx knows.
import { readManifest } from "../../manifest/manifest.ts";
import type { Finding } from "../../model/finding.ts";
import { type KubeMinor, minor, minorsThrough } from "../../model/version.ts";
import { NEWEST_KUBERNETES, type World, type WorldFile } from "../../model/world.ts";
import { composeWorld } from "../../rules/world.ts";
import { stageFindings } from "../../stages.ts";
import { checkPodDocument } from "../check.ts";
import type { CheckFinding } from "../checked.ts";
import { pageOf } from "../pages.ts";
import { suppress } from "../suppress/suppress.ts";
import { suppressionComments } from "../suppress/suppressionComments.ts";
import type { FindingPage } from "./page.ts";

const OLDEST: KubeMinor = "v1.20";

/** What the page's line of a stage is told, of the page's id; none where the page has manifests. */
export function requestFindings(
  { id, request }: FindingPage,
  example: "failing" | "passing",
): readonly Finding[] {
  if (request === undefined) return [];
  return stageFindings(request.stage, request[example]).filter((finding) => finding.id === id);
}

/** Findings of the page. @throws when the example is no manifest of one pod: it is a mistake in the page */
export function findingsIn(
  page: FindingPage,
  example: "failing" | "passing",
): readonly CheckFinding[] {
  const file = example === "passing" ? (page.passingWorld ?? page.world) : page.world;
  const range = page.id.startsWith("upgrade.") ? allVersions(file) : [worldOf(file)];
  return found(page, example, range);
}

/** The versions of Kubernetes at which the failing example has the finding, oldest first. */
export function versionsOf(page: FindingPage): readonly KubeMinor[] {
  if (page.failing === undefined) return [];
  return allVersions(page.world)
    .filter((world) => found(page, "failing", [world]).length > 0)
    .map(({ kubernetes }) => kubernetes);
}

function found(
  page: FindingPage,
  example: "failing" | "passing",
  worlds: readonly World[],
): readonly CheckFinding[] {
  const { pods, errors } = readManifest(page[example] ?? "", "example.yaml");
  const [pod, ...others] = pods;
  const [first, ...rest] = worlds;
  if (pod === undefined || first === undefined || others.length + errors.length > 0)
    throw new TypeError(`${page.id}: the ${example} example is no manifest of one pod`);
  const checked = checkPodDocument(pod, [first, ...rest], { level: page.level ?? "privileged" });
  const report = { pods: [checked], errors, skipped: [], files: 1, unusedSuppressions: [] };
  const comments = suppressionComments(page[example] ?? "", "example.yaml");
  return suppress(report, { ...NOBODY, comments })
    .pods.flatMap(({ findings }) => findings)
    .filter(({ id }) => pageOf(id) === pageOf(page.id));
}

/** Nothing is accepted but by the example's own comments. */
const NOBODY = {
  exemptions: [],
  matches: Object.is,
  matchesPath: Object.is,
  today: "",
  imagesOf: () => new Map<string, string>(),
  pathOf: (file: string) => file,
  named: (file: string) => file,
};

function worldOf(file: WorldFile = {}): World {
  return composeWorld(file);
}

/** dockershim ended with 1.23: it stays at its own. */
function allVersions(file: WorldFile = {}): World[] {
  if (file.runtime?.name === "dockershim") return [worldOf(file)];
  return minorsThrough(NEWEST_KUBERNETES)
    .slice(minor(OLDEST))
    .map((kubernetes) => worldOf({ ...file, kubernetes }));
}
