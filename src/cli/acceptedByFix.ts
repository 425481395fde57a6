// Of each pod, what comments, the configuration and the baseline accept: found by checking it as `check` does.
import { checkPodDocument } from "../core/answers/check.ts";
import type { CheckedPod } from "../core/answers/checked.ts";
import type { AcceptedFinding } from "../core/answers/fix/accepted.ts";
import { acceptedOf } from "../core/answers/fix/acceptedOf.ts";
import { suppressionComments } from "../core/answers/suppress/suppressionComments.ts";
import { WRONG_COMMENT } from "../core/answers/suppress/wrongComment.ts";
import type { PodDocument } from "../core/manifest/manifest.ts";
import type { World } from "../core/model/world.ts";
import type { Level } from "../core/podsecurity/level.ts";
import { accepts, withAccepted } from "./acceptedFindings.ts";
import { imagesOf } from "./checkStream.ts";
import type { OptionValues } from "./command.ts";
import type { Config } from "./config/config.ts";
import { nameIn, namingFolder } from "./config/configured.ts";
import type { Input } from "./inputs.ts";

export interface FixedPods {
  readonly inputs: readonly Input[];
  readonly pods: readonly PodDocument[];
  /** Oldest Kubernetes first. */
  readonly worldsOf: (pod: PodDocument) => readonly [World, ...World[]];
  readonly level: Level | undefined;
}

/** What they meant to keep is edited: that must not come as a surprise. */
function sayWrongComments(pods: readonly CheckedPod[]): void {
  for (const { file, line, id, message } of pods.flatMap(({ findings }) => findings)) {
    if (id === WRONG_COMMENT) console.error(`secctx: ${file}:${line}: ${message}`);
  }
}

/** Nothing is checked where nothing could be accepted. */
export async function acceptedByFix(
  { inputs, pods, worldsOf, level }: FixedPods,
  options: OptionValues,
  config: Config | undefined,
): Promise<(pod: PodDocument) => readonly AcceptedFinding[]> {
  const comments = inputs.flatMap(({ file, text }) => suppressionComments(text, file));
  if (!accepts({ config, comments }, options)) return () => [];
  const asked = level === undefined ? {} : { level };
  const folder = namingFolder(config, options);
  const checked = pods.map((pod) =>
    checkPodDocument(pod, worldsOf(pod), { ...asked, named: nameIn(folder, pod.file) }),
  );
  const report = { pods: checked, errors: [], skipped: [], files: 0, unusedSuppressions: [] };
  const images = new Map(checked.map((pod, index) => [pod, imagesOf(pods[index])]));
  const { pods: marked } = await withAccepted(report, options, {
    ...{ config, comments, images, isPartial: false },
  });
  sayWrongComments(marked);
  const found = new Map(
    marked.map(({ findings }, index) => [pods[index], acceptedOf(findings, pods[index])]),
  );
  return (pod) => found.get(pod) ?? [];
}
