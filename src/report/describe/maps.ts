// Labels, annotations, tolerations and the like in kubectl's descriptions: one below the other, sorted by key.
import type { JsonObject } from "../../core/model/json.ts";
import { utf8Head, utf8Length } from "../../core/rules/goStrings.ts";
import {
  isTrue,
  line,
  numberText,
  objectAt,
  objectsAt,
  sortedBy,
  sortedEntries,
  textAt,
} from "./fields.ts";

/** What follows the title's line, and what stands before it there. */
type Row = readonly [lead: string, text: string];

/** One below the other; the first beside the title. kubectl writes the indentation anew before every piece. */
function below(title: string, rows: readonly Row[], indent = ""): string {
  if (rows.length === 0) return `${indent}${title}:\t${indent}<none>\n`;
  const texts = rows.map(([lead, text], at) => {
    return `${at === 0 ? `${indent}${title}:\t${indent}` : lead}${text}\n`;
  });
  return texts.join("");
}

function rowsOf(texts: readonly string[], indent = ""): Row[] {
  return texts.map((text) => [`${indent}${indent}\t${indent}`, text]);
}

/** @see kubectl v0.37.2 pkg/describe/describe.go printLabelsMultilineWithIndent, printCSIPersistentVolumeAttributesMultilineIndent */
export function labelsText(
  title: string,
  labels: JsonObject | undefined,
  form: { readonly indent?: string; readonly most?: number } = {},
): string {
  const { indent, most = Number.POSITIVE_INFINITY } = form;
  const texts = sortedEntries(labels).map(([key, value]) => shortened(`${key}=${value}`, most));
  return below(title, rowsOf(texts, indent), indent);
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
/** Bytes of a line. */
export const LONGEST = 140;

/** @see kubectl v0.37.2 pkg/describe/describe.go printAnnotationsMultiline */
export function annotationsText(annotations: JsonObject | undefined, indent = ""): string {
  const told = sortedEntries(annotations).filter(([key]) => key !== LAST_APPLIED);
  const rows = told.flatMap(([key, value]): Row[] => {
    const kept = value.replace(/\n$/, "");
    const lead = `${indent}\t${indent}`;
    const isShort = utf8Length(kept) + utf8Length(key) + 2 <= LONGEST && !kept.includes("\n");
    if (isShort) return [[lead, `${key}: ${kept}`]];
    const lines = kept.split("\n").map((one) => `  ${shortened(one, LONGEST - 2)}`);
    return [[lead, `${key}:`], ...lines.map((one): Row => [`${indent}\t`, one])];
  });
  return below("Annotations", rows, indent);
}

/** Go cuts bytes. */
function shortened(text: string, most: number): string {
  return utf8Length(text) <= most ? text : `${utf8Head(text, most)}...`;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go printPodTolerationsMultiline */
export function tolerationsText(spec: JsonObject): string {
  const sorted = sortedBy(objectsAt(spec, "tolerations"), (one) => textAt(one, "key"));
  return below("Tolerations", rowsOf(sorted.map(tolerationText)));
}

function tolerationText(one: JsonObject): string {
  const [key, value, effect] = [textAt(one, "key"), textAt(one, "value"), textAt(one, "effect")];
  const what = `${key}${value && `=${value}`}${effect && `:${effect}`}`;
  const exists = textAt(one, "operator") === "Exists" && value === "";
  const seconds = textAt(one, "tolerationSeconds");
  const operator = exists ? `${what && " "}op=Exists` : "";
  return `${what}${operator}${seconds && ` for ${seconds}s`}`;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeTopologySpreadConstraints */
export function topologyText(spec: JsonObject): string {
  const told = sortedBy(objectsAt(spec, "topologySpreadConstraints"), (one) =>
    textAt(one, "topologyKey"),
  );
  if (told.length === 0) return "";
  const texts = told.map((one) => {
    const selector = objectAt(one, "labelSelector");
    const chosen = selector === undefined ? "" : ` for selector ${selectorText(selector)}`;
    return `${textAt(one, "topologyKey")}:${textAt(one, "whenUnsatisfiable")} when max skew ${numberText(one, "maxSkew")} is exceeded${chosen}`;
  });
  return below("Topology Spread Constraints", rowsOf(texts));
}

const OPERATORS: Readonly<Record<string, string>> = { In: "in", NotIn: "notin" };

/** @see apimachinery v0.37.2 pkg/apis/meta/v1/helpers.go FormatLabelSelector */
function selectorText(selector: JsonObject): string {
  const labels = sortedEntries(objectAt(selector, "matchLabels")).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const expressions = objectsAt(selector, "matchExpressions").map((one) => {
    const [key, operator] = [textAt(one, "key"), textAt(one, "operator")];
    if (operator === "Exists") return { key, text: key };
    if (operator === "DoesNotExist") return { key, text: `!${key}` };
    const values = (Array.isArray(one["values"]) ? one["values"].map(String) : []).sort();
    return { key, text: `${key} ${OPERATORS[operator] ?? operator} (${values.join(",")})` };
  });
  const all = sortedBy([...labels, ...expressions], ({ key }) => key);
  return all.length === 0 ? "<none>" : all.map(({ text }) => text).join(",");
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describePod */
export function readinessGatesText(spec: JsonObject, status: JsonObject): string {
  const gates = objectsAt(spec, "readinessGates").map((gate) => textAt(gate, "conditionType"));
  if (gates.length === 0) return "";
  const conditions = objectsAt(status, "conditions");
  return `Readiness Gates:\n  Type\tStatus\n${gates
    .map((gate) => {
      const found = conditions.find((condition) => textAt(condition, "type") === gate);
      return line(1, `${gate} \t${found ? textAt(found, "status") : "<none>"} `);
    })
    .join("")}`;
}

export function conditionsText(status: JsonObject): string {
  const conditions = objectsAt(status, "conditions");
  if (conditions.length === 0) return "";
  return `Conditions:\n  Type\tStatus\n${conditions
    .map((one) => line(1, `${textAt(one, "type")} \t${textAt(one, "status")} `))
    .join("")}`;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describePodIPs */
export function podIPsText(status: JsonObject): string {
  const ips = objectsAt(status, "podIPs");
  if (ips.length === 0) return "IPs:\t<none>\n";
  return `IPs:\n${ips.map((one) => line(1, `IP:\t${textAt(one, "ip")}`)).join("")}`;
}

/** @see apimachinery v0.37.2 pkg/apis/meta/v1/controller_ref.go GetControllerOf */
export function controllerText(metadata: JsonObject): string {
  const owner = objectsAt(metadata, "ownerReferences").find((one) => isTrue(one, "controller"));
  if (owner === undefined) return "";
  return line(0, `Controlled By:\t${textAt(owner, "kind")}/${textAt(owner, "name")}`);
}
