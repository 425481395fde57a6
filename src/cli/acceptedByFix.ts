// Of each pod, what comments, the configuration and the baseline accept: found by checking it as `check` does.
import { checkPodDocument } from "../core/answers/check.ts";
import type { AcceptedFinding } from "../core/answers/fix/accepted.ts";
import { suppressionComments } from "../core/answers/suppress/suppressionComments.ts";
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
  readonly worldOf: (pod: PodDocument) => World;
  readonly level: Level | undefined;
}

/** Nothing is checked where nothing could be accepted. */
export async function acceptedByFix(
  { inputs, pods, worldOf, level }: FixedPods,
  options: OptionValues,
  config: Config | undefined,
): Promise<(pod: PodDocument) => readonly AcceptedFinding[]> {
  const comments = inputs.flatMap(({ file, text }) => suppressionComments(text, file));
  if (!accepts({ config, comments }, options)) return () => [];
  const asked = level === undefined ? {} : { level };
  const folder = namingFolder(config, options);
  const checked = pods.map((pod) =>
    checkPodDocument(pod, [worldOf(pod)], { ...asked, named: nameIn(folder, pod.file) }),
  );
  const report = { pods: checked, errors: [], skipped: [], files: 0, unusedSuppressions: [] };
  const images = new Map(checked.map((pod, index) => [pod, imagesOf(pods[index])]));
  const { pods: marked } = await withAccepted(report, options, { config, comments, images });
  const found = new Map(
    marked.map(({ findings }, index) => {
      const accepted = findings.flatMap(({ id, container, suppressed }): AcceptedFinding[] => {
        if (suppressed === undefined) return [];
        const { reason, at } = suppressed;
        return [container === undefined ? { id, reason, at } : { id, container, reason, at }];
      });
      return [pods[index], accepted];
    }),
  );
  return (pod) => found.get(pod) ?? [];
}
