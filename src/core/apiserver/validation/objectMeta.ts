// The metadata of the object itself: the form of its name, its labels and annotations.
// A name that is missing is no fault here: whoever sends the object gives it one.
// @see apimachinery v0.37.2 pkg/api/validation/objectmeta.go ValidateObjectMeta

import type { ObjectMeta } from "../../model/pod.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { isDNS1123Subdomain } from "../../rules/names.ts";
import { type FieldErrors, invalid, invalidText } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { type Warning, warningAt } from "../warning.ts";
import { validateAnnotations } from "./annotations.ts";
import { validateLabels } from "./labels.ts";
import { isDns1123Label } from "./names.ts";

const METADATA: Path = child(undefined, "metadata");
const NAME: Path = child(METADATA, "name");
/** Without labels of their own these have the template's. @see kubernetes v1.37.2 pkg/apis/batch/v1/defaults.go SetDefaults_Job */
const LABELLED_AS_TEMPLATE: readonly string[] = ["Job", "ReplicationController"];
/** A CronJob's Jobs are called after it, with eleven characters more. */
const LONGEST_CRON_JOB = 52;

export function validateObjectName(errors: FieldErrors, kind: string, name: string): void {
  if (name === "") return;
  const problems =
    kind === "StatefulSet"
      ? isDns1123Label(name)
      : isDNS1123Subdomain(name, kind === "ReplicationController" ? "bytes" : "characters");
  invalidText(errors, NAME, name, problems);
}

/** Of a workload; a Pod's are looked at with the pod. */
export function validateObjectMeta(
  errors: FieldErrors,
  kind: string,
  { name = "", labels, annotations }: ObjectMeta,
  templateLabels: ObjectMeta["labels"],
): void {
  validateObjectName(errors, kind, name);
  const own = Object.keys(labels ?? {}).length > 0;
  const all = own || !LABELLED_AS_TEMPLATE.includes(kind) ? labels : templateLabels;
  if (all !== undefined) validateLabels(errors, child(METADATA, "labels"), all);
  if (annotations !== undefined) {
    validateAnnotations(errors, child(METADATA, "annotations"), annotations);
  }
}

/** Behind all else. @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go ValidateCronJobCreate */
export function validateCronJobName(errors: FieldErrors, { name = "" }: ObjectMeta): void {
  if (utf8Length(name) <= LONGEST_CRON_JOB) return;
  const detail = `must be no more than ${LONGEST_CRON_JOB} characters`;
  invalid(errors, NAME, goQuote(name), detail);
}

/** Kinds whose name becomes that of a host. @see kubernetes v1.37.2 pkg/registry/core/pod/strategy.go WarningsOnCreate */
const USED_IN: Readonly<Record<string, string>> = {
  Pod: "the Pod's hostname",
  ReplicationController: "Pod names and hostnames",
  Deployment: "Pod names and hostnames",
  ReplicaSet: "Pod names and hostnames",
  Job: "Pod names and hostnames",
  CronJob: "Pod names and hostnames",
};

export function warningsForName(kind: string, { name = "" }: ObjectMeta): Warning[] {
  const usedIn = USED_IN[kind];
  if (usedIn === undefined || name === "") return [];
  const problems = isDns1123Label(name);
  if (problems.length === 0) return [];
  const text = `this is used in ${usedIn}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(" ")}]`;
  return [warningAt(NAME, text)];
}
