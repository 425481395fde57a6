// Fields that a release does not have yet: its decoder drops them, and since 1.25 says so.
import type { FieldCard } from "../../fields/card.ts";
import { FIELDS } from "../../fields/fields.ts";
import { type FieldPath, toFieldPath } from "../../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.ts";
import { at, type KubeMinor, type Versioned } from "../../model/version.ts";
import type { WorkloadKind } from "../kinds.ts";
import type { DecodedBody, StrictWarning } from "./decode.ts";

/** Field validation on the server: beta and on since 1.25. @see KEP-2885 */
const SAYS_SO: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.25", value: true },
];
const CONTAINERS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** What the security fields' cards know of; the schema of everything else is the newest release's. */
export function withoutNewerFields(
  body: DecodedBody,
  { templatePath }: WorkloadKind,
  version: KubeMinor,
): DecodedBody {
  const newer = newerThan(version);
  if (newer.length === 0) return body;
  const found = placesOf(body.object, [...templatePath, "spec"], newer);
  if (found.length === 0) return body;
  const object = found.reduce((left, { path }) => without(left, path) as JsonObject, body.object);
  const strict =
    at(SAYS_SO, version) === true ? found.map(({ path, since }) => unknownField(path, since)) : [];
  return { object, tidy: false, strict: [...body.strict, ...strict] };
}

const NEWER: Map<KubeMinor, readonly FieldCard[]> = new Map();

/** Asked for every request, and the same for all of a release. */
function newerThan(version: KubeMinor): readonly FieldCard[] {
  const known = NEWER.get(version);
  if (known !== undefined) return known;
  const newer = FIELDS.filter(({ since }) => at([{ since, value: true }], version) === undefined);
  NEWER.set(version, newer);
  return newer;
}

function unknownField(path: FieldPath, since: KubeMinor): StrictWarning {
  const hint = `Kubernetes has it since ${since}`;
  return { message: `unknown field "${toFieldPath(path)}"`, path, what: "unknownField", hint };
}

/** Every place where one of the fields is set. */
function placesOf(
  object: JsonObject,
  spec: FieldPath,
  newer: readonly FieldCard[],
): { readonly path: FieldPath; readonly since: KubeMinor }[] {
  const levels: [FieldCard["at"][number], FieldPath][] = [
    ["podSpec", spec],
    ["pod", [...spec, "securityContext"]],
  ];
  for (const list of CONTAINERS) {
    const containers = valueAt(object, [...spec, list]);
    if (!Array.isArray(containers)) continue;
    containers.forEach((_, index) => {
      levels.push(["container", [...spec, list, index, "securityContext"]]);
    });
  }
  return levels.flatMap(([level, path]) => {
    const fields = valueAt(object, path);
    if (!isJsonObject(fields)) return [];
    return newer
      .filter((card) => card.at.includes(level) && fields[card.name] !== undefined)
      .map(({ name, since }) => ({ path: [...path, name], since }));
  });
}

function valueAt(value: JsonValue | undefined, path: FieldPath): JsonValue | undefined {
  let found: unknown = value;
  for (const step of path) found = (found as Record<string | number, unknown> | undefined)?.[step];
  return found as JsonValue | undefined;
}

/** A copy that lacks what stands at `path`. */
function without(value: JsonValue, [step = "", ...rest]: FieldPath): JsonValue {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as JsonObject) }) as Record<
    string | number,
    JsonValue
  >;
  if (rest.length === 0) delete copy[step];
  else copy[step] = without(copy[step] ?? null, rest);
  return copy as JsonValue;
}
