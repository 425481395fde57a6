// The selector that the server makes for a Job, and the labels by which its pods are known.
// @see kubernetes v1.37.2 pkg/registry/batch/job/strategy.go generateSelector
import type { ObjectMeta } from "../../../model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../../../model/version.ts";
import type { JobSpec } from "../../../model/workload.ts";
import { type FieldErrors, invalid } from "../../fieldError.ts";
import { child, keyed, type Path } from "../../path.ts";
import { labelsJson, selectorJson } from "../labels.ts";
import { textMapOf } from "../members.ts";
import { selects, validateSelector } from "./selector.ts";
import type { Workload } from "./workload.ts";

/** The server draws one for every object. */
export const UNKNOWN_UID = "00000000-0000-0000-0000-000000000000";

interface JobLabels {
  readonly names: readonly string[];
  readonly uids: readonly string[];
  /** Which of them the selector asks for. */
  readonly selected: string;
}
/** @see kubernetes v1.26.15 and v1.27.16 pkg/registry/batch/job/strategy.go generateSelector */
const LABELS: Versioned<JobLabels> = [
  {
    since: "v1.0",
    value: { names: ["job-name"], uids: ["controller-uid"], selected: "controller-uid" },
  },
  {
    since: "v1.27",
    value: {
      names: ["job-name", "batch.kubernetes.io/job-name"],
      uids: ["controller-uid", "batch.kubernetes.io/controller-uid"],
      selected: "batch.kubernetes.io/controller-uid",
    },
  },
];
const NONE: JobLabels = { names: [], uids: [], selected: "" };

/** The same Job where it selects its pods by hand. */
export function withGeneratedSelector<Spec extends JobSpec>(job: Workload<Spec>): Workload<Spec> {
  const { metadata, spec, template, options } = job;
  if (spec.manualSelector === true) return job;
  const { selected } = at(LABELS, options.world.kubernetes) ?? NONE;
  const { selector = {} } = spec;
  const matchLabels = { [selected]: UNKNOWN_UID, ...textMapOf(selector, "matchLabels") };
  const generated = generatedLabels(metadata, job);
  const labels = { ...generated, ...template.metadata.labels };
  return {
    ...job,
    spec: { ...spec, selector: { ...selector, matchLabels } },
    template: { metadata: { ...template.metadata, labels }, spec: template.spec },
  };
}

function generatedLabels(
  { name = "" }: ObjectMeta,
  { options }: Pick<Workload, "options">,
): Record<string, string> {
  return jobLabels({ name, uid: UNKNOWN_UID }, options.world.kubernetes);
}

/** The labels of the pods of a Job that selects none by hand. */
export function jobLabels(
  { name, uid }: { readonly name: string; readonly uid: string },
  kubernetes: KubeMinor,
): Record<string, string> {
  const { names, uids } = at(LABELS, kubernetes) ?? NONE;
  const labels: Record<string, string> = {};
  for (const key of names) labels[key] = name;
  for (const key of uids) labels[key] = uid;
  return labels;
}

/** What was asked for beside it must not be in its way. @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateGeneratedSelector */
export function validateGeneratedSelector(
  errors: FieldErrors,
  path: Path,
  job: Workload<JobSpec>,
): void {
  const { metadata, spec, template, options } = job;
  if (spec.manualSelector === true) return;
  const expected = generatedLabels(metadata, job);
  const labels = template.metadata.labels ?? {};
  const { names, uids } = at(LABELS, options.world.kubernetes) ?? NONE;
  const inOrder = names.flatMap((name, index) => [uids[index] ?? "", name]);
  const labelsPath = child(child(child(path, "template"), "metadata"), "labels");
  for (const key of inOrder) {
    if (labels[key] === expected[key]) continue;
    invalid(errors, keyed(labelsPath, key), labelsJson(labels), `must be '${expected[key] ?? ""}'`);
  }
  const { selector = {} } = spec;
  if (!validateSelector([], path, selector) || selects(selector, expected)) return;
  const detail = "`selector` not auto-generated";
  invalid(errors, child(path, "selector"), selectorJson(selector), detail);
}
