// Warnings about the workload itself, around those about its pods.
// @see kubernetes v1.37.2 pkg/api/job/warnings.go WarningsForJobSpec, pkg/registry/apps/statefulset/strategy.go WarningsOnCreate
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { CronJobSpec, JobSpec, StatefulSetSpec } from "../../model/workload.ts";
import type { World } from "../../model/world.ts";
import { quantityOf, roundedToMilli, textOfQuantity } from "../../rules/quantityText.ts";
import { child, indexed, keyed, type Path, pathSteps } from "../path.ts";
import { objectOf } from "../validation/members.ts";
import { type Warning, warningAt } from "../warning.ts";

const SPEC = child(undefined, "spec");
const UNIT = 1_000_000_000n;
const MANY_COMPLETIONS = 100_000;
const MUCH_PARALLELISM = 10_000;
/** @see kubernetes v1.27.16 and v1.28.15 pkg/api/job/warnings.go */
const COUNTS_INDEXES: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.28", value: true },
];
/** Since 1.29 it is refused. @see kubernetes v1.28.15 pkg/registry/batch/cronjob/strategy.go WarningsOnCreate */
const ZONE_IN_SCHEDULE: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.22", value: true },
  { since: "v1.29", value: false },
];
/** @see kubernetes v1.25.16 and v1.26.15 pkg/registry/apps/statefulset/strategy.go WarningsOnCreate */
const WARNS_OF_CLAIMS: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.26", value: true },
];
/** @see kubernetes v1.32.10 and v1.33.6 pkg/registry/apps/statefulset/strategy.go WarningsOnCreate */
const WARNS_OF_HISTORY: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.33", value: true },
];

/** `ofPods` are the warnings about the template. */
export function warningsForWorkload(
  kind: string,
  object: JsonObject,
  ofPods: readonly Warning[],
  { kubernetes }: World,
): readonly Warning[] {
  const spec = isJsonObject(object["spec"]) ? object["spec"] : {};
  if (kind === "Job") {
    if (at(COUNTS_INDEXES, kubernetes) !== true) return ofPods;
    return [...warningsForJobSpec(SPEC, spec), ...ofPods];
  }
  if (kind === "CronJob") {
    const { schedule = "", jobTemplate }: CronJobSpec = spec;
    const path = child(child(SPEC, "jobTemplate"), "spec");
    const counts = at(COUNTS_INDEXES, kubernetes) === true;
    const ofJob = counts ? warningsForJobSpec(path, jobTemplate?.spec ?? {}) : [];
    const zoned = schedule.includes("TZ") && at(ZONE_IN_SCHEDULE, kubernetes) === true;
    return [...ofJob, ...ofPods, ...(zoned ? [ZONED] : [])];
  }
  if (kind !== "StatefulSet") return ofPods;
  return [
    ...ofPods,
    ...(at(WARNS_OF_CLAIMS, kubernetes) === true ? warningsForClaims(spec) : []),
    ...(at(WARNS_OF_HISTORY, kubernetes) === true ? warningsForHistory(spec) : []),
  ];
}

const ZONED: Warning = {
  message:
    "CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details",
  path: pathSteps(child(SPEC, "schedule")),
};

function warningsForJobSpec(
  path: Path,
  { completionMode, completions = 0, parallelism = 0 }: JobSpec,
): Warning[] {
  const isMuch = completions > MANY_COMPLETIONS && parallelism > MUCH_PARALLELISM;
  if (completionMode !== "Indexed" || !isMuch) return [];
  const text =
    "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";
  return [warningAt(path, text)];
}

/** @see kubernetes v1.37.2 pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaimSpec */
function warningsForClaims({ volumeClaimTemplates = [] }: StatefulSetSpec): Warning[] {
  const warnings: Warning[] = [];
  volumeClaimTemplates.forEach((claim, index) => {
    const resources = objectOf(objectOf(claim, "spec") ?? {}, "resources") ?? {};
    const at = child(indexed(child(SPEC, "volumeClaimTemplates"), index), "resources");
    for (const list of ["requests", "limits"]) {
      const amount = roundedToMilli(quantityOf(objectOf(resources, list)?.["storage"]));
      if (amount.nano % UNIT === 0n) continue;
      const text = `fractional byte value "${textOfQuantity(amount)}" is invalid, must be an integer`;
      warnings.push(warningAt(keyed(child(at, list), "storage"), text));
    }
  });
  return warnings;
}

function warningsForHistory({ revisionHistoryLimit = 0 }: StatefulSetSpec): Warning[] {
  if (revisionHistoryLimit >= 0) return [];
  const text = "a negative value retains all historical revisions; a value >= 0 is recommended";
  return [warningAt(child(SPEC, "revisionHistoryLimit"), text)];
}
