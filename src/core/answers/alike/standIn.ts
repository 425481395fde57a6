// A workload with stand-ins for what it calls itself: the same text for all workloads that differ in nothing but that.
import type { PodDocument } from "../../manifest/manifest.ts";
import { podOf } from "../../manifest/podShape.ts";
import { textAt, valueAt } from "../../manifest/workloads.ts";
import type { FieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonObject } from "../../model/json.ts";
import { containersOf } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { type FreeFields, METADATA, TEMPLATE, WORKLOAD_SPEC } from "./fields.ts";
import { namesOf } from "./names.ts";
import { numbersOf } from "./numbers.ts";
import type { Actual } from "./restore.ts";
import { withStandIns } from "./withStandIns.ts";

export interface StandIn {
  /** Equal for workloads alike. */
  readonly key: string;
  /** What each stand-in stands for. */
  readonly actual: Actual;
  /** The workload with stand-ins, as if it had been written so, in no list. */
  readonly document: () => PodDocument;
}

/** Longer objects are seldom alike, and dear to keep. */
const LONGEST = 32 * 1024;

/** Undefined for a workload that has to be looked at itself. */
export function standInOf(document: PodDocument, world: World): StandIn | undefined {
  if (document.findings.length > 0 || knowsNames(world)) return undefined;
  const names = namesOf(containerNames(document));
  const numbers = numbersOf(freeIds(document, world.images));
  const { workload, object: written, objectPath } = document;
  const path = workload.podPath.slice(objectPath.length);
  const standing = { names, numbers, images: world.images, keepsPorts: speaksOfPorts(document) };
  const text = textOf(() => withStandIns(written, fieldsAround(path), standing));
  if (text === undefined || !names.areAllIn(text) || !numbers.areAllIn(text)) return undefined;
  return {
    key: `${workload.kind} ${path.join(".")} ${text}`,
    actual: { names: names.actual, number: numbers.actual },
    document: () => ({ ...document, ...standingIn(JSON.parse(text), document, path) }),
  };
}

function containerNames({ pod }: PodDocument): string[] {
  return containersOf(pod.spec).map(({ container }) => String(container?.name));
}

function standingIn(
  object: JsonObject,
  { workload }: PodDocument,
  path: FieldPath,
): Pick<PodDocument, "workload" | "objectPath" | "object" | "pod"> {
  const metadata = isJsonObject(object["metadata"]) ? object["metadata"] : {};
  const name = textAt(metadata, "name") || textAt(metadata, "generateName");
  const namespace = textAt(metadata, "namespace") || undefined;
  return {
    workload: { ...workload, name, namespace, podPath: path },
    objectPath: [],
    object,
    pod: podOf(valueAt(object, path)),
  };
}

/** Where the world tells what is in the namespace, or which are exempt, names matter. */
function knowsNames({ namespace, podSecurity }: World): boolean {
  return (
    namespace.configMaps !== undefined ||
    namespace.secrets !== undefined ||
    (podSecurity.exemptions.namespaces ?? []).length > 0
  );
}

/** Users of known images may be among them, and a user namespace makes others of them: they stay then. */
export function freeIds(
  { pod: { spec } }: PodDocument,
  images: World["images"],
): number[] | undefined {
  if (spec?.hostUsers === false || Object.keys(images).length > 0) return undefined;
  const contexts = containersOf(spec).map(({ container }) => container?.securityContext);
  const { fsGroup, supplementalGroups } = spec?.securityContext ?? {};
  const told: unknown[] = [fsGroup, ...(supplementalGroups ?? [])];
  for (const context of [spec?.securityContext, ...contexts]) {
    told.push(context?.runAsUser, context?.runAsGroup);
  }
  const ids = told.filter((id) => id !== undefined && id !== null);
  return ids.every((id): id is number => typeof id === "number") ? ids : undefined;
}

/** On the node's network they must be the node's; a sysctl may say which of them need a capability. */
export function speaksOfPorts({ pod: { spec } }: PodDocument): boolean {
  return spec?.hostNetwork === true || spec?.securityContext?.sysctls !== undefined;
}

const known = new Map<string, FreeFields>();

/** The free fields of a workload whose template stands at `path`. */
export function fieldsAround(path: FieldPath): FreeFields {
  const name = path.join(".");
  const before = known.get(name);
  if (before !== undefined) return before;
  let fields: FreeFields = TEMPLATE;
  for (const step of path.toReversed()) {
    fields = { [step]: fields, ...(step === "template" ? WORKLOAD_SPEC : {}) };
  }
  const around = { metadata: METADATA, ...fields };
  known.set(name, around);
  return around;
}

/** Of numbers that are kept by their spelling: they are no JSON numbers, and JSON.parse would not find them again. */
const KEPT_BY_SPELLING = '{"literal":';

function textOf(write: () => string | undefined): string | undefined {
  try {
    const text = write();
    if (text === undefined || text.length > LONGEST || text.includes(KEPT_BY_SPELLING)) {
      return undefined;
    }
    return text;
  } catch (error) {
    // Integers beyond 2^53 have no JSON here.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
