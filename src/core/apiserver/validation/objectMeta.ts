// The metadata of the object itself: its name and the form of it, its labels and annotations.
// @see apimachinery v0.37.2 pkg/api/validation/objectmeta.go ValidateObjectMeta

import type { ObjectMeta } from "../../model/pod.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { isDNS1123Subdomain } from "../../rules/names.ts";
import { type FieldErrors, invalid, invalidText, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { type Warning, warningAt } from "../warning.ts";
import { validateAnnotations } from "./annotations.ts";
import { validateLabels } from "./labels.ts";
import { isDns1123Label, isDns1123Subdomain } from "./names.ts";

const METADATA: Path = child(undefined, "metadata");
const NAME: Path = child(METADATA, "name");
/** Without labels of their own these have the template's. @see kubernetes v1.37.2 pkg/apis/batch/v1/defaults.go SetDefaults_Job */
const LABELLED_AS_TEMPLATE: readonly string[] = ["Job", "ReplicationController"];
/** A CronJob's Jobs are called after it, with eleven characters more. */
const LONGEST_CRON_JOB = 52;

/** @see kubernetes v1.26.15 and v1.27.16 pkg/apis/apps/validation/validation.go ValidateStatefulSetName */
const STATEFUL_SET_NAME: Versioned<typeof isDns1123Label> = [
  { since: "v1.0", value: isDns1123Subdomain },
  { since: "v1.27", value: isDns1123Label },
];

/** Nothing gives an object a name on the way: kustomize and `kubectl apply` refuse one that has none, too. */
export function validateNameIsThere(
  errors: FieldErrors,
  { name = "", generateName = "" }: ObjectMeta,
): void {
  if (name + generateName === "") required(errors, NAME, "name or generateName is required");
}

/** The beginning of a name that the server will complete is judged too (see validateNamePrefix), not what becomes of it. */
export function validateObjectName(
  errors: FieldErrors,
  kind: string,
  { name = "", generateName = "" }: ObjectMeta,
  world: World,
): void {
  const problemsOf = (text: string): readonly string[] => {
    if (kind === "ReplicationController") return isDNS1123Subdomain(text, "bytes");
    const asLabel = kind === "StatefulSet" ? at(STATEFUL_SET_NAME, world.kubernetes) : undefined;
    return (asLabel ?? isDns1123Subdomain)(text);
  };
  if (generateName !== "" && kind !== "ReplicationController") {
    const problems = problemsOf(maskTrailingDash(generateName));
    invalidText(errors, child(METADATA, "generateName"), generateName, problems);
  }
  if (name !== "") invalidText(errors, NAME, name, problemsOf(name));
}

/** Behind the name, before the labels: a namespace is called as a DNS label. @see apimachinery v0.37.2 pkg/api/validation/generic.go ValidateNamespaceName */
export function validateNamespace(errors: FieldErrors, { namespace = "" }: ObjectMeta): void {
  if (namespace === "") return;
  invalidText(errors, child(METADATA, "namespace"), namespace, isDns1123Label(namespace));
}

/** Of a ReplicationController, and only when all else is well. @see apimachinery v0.37.2 pkg/api/validate/content/path.go IsPathSegmentPrefix */
export function validateNamePrefix(errors: FieldErrors, { generateName = "" }: ObjectMeta): void {
  const found = ["/", "%"].filter((part) => generateName.includes(part));
  const problems = found.map((part) => `may not contain '${part}'`);
  invalidText(errors, child(METADATA, "generateName"), generateName, problems);
}

/** @see apimachinery v0.37.2 pkg/api/validation/name.go maskTrailingDash */
function maskTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
}

/** What is declared of a name is judged behind the rest of the object. */
function isNameDeclared(kind: string, world: World): boolean {
  return kind === "ReplicationController" && gateEnabled(world, "DeclarativeValidationBeta");
}

interface Around {
  /** With those that the server adds. */
  readonly templateLabels: ObjectMeta["labels"];
  readonly world: World;
}

/** Of a workload; a Pod's are looked at with the pod. */
export function validateObjectMeta(
  errors: FieldErrors,
  kind: string,
  metadata: ObjectMeta,
  { templateLabels, world }: Around,
): void {
  const { labels, annotations } = metadata;
  validateNameIsThere(errors, metadata);
  if (!isNameDeclared(kind, world)) validateObjectName(errors, kind, metadata, world);
  validateNamespace(errors, metadata);
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

/** @see kubernetes v1.26.15 and v1.27.16 pkg/registry/core/pod/strategy.go WarningsOnCreate */
const WARNS: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.27", value: true },
];

export function warningsForName(
  kind: string,
  { name = "" }: ObjectMeta,
  { kubernetes }: World,
): Warning[] {
  const usedIn = USED_IN[kind];
  if (usedIn === undefined || name === "" || at(WARNS, kubernetes) !== true) return [];
  const problems = isDns1123Label(name);
  if (problems.length === 0) return [];
  const text = `this is used in ${usedIn}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(" ")}]`;
  return [warningAt(NAME, text)];
}
