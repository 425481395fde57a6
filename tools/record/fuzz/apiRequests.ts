// Draws requests to kube-apiserver: sound pods and workloads with a few fields set anew, anywhere in them; and recorded
// requests, changed in a value or two, or crossed with each other.
import { type GoType, structOf, structType } from "../../../src/core/apiserver/decode/schema.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/model/json.ts";
import { writeJson } from "../../../src/core/rules/json.ts";
import { type Chance, drawnValue } from "./apiValues.ts";

export interface Request {
  readonly kind: string;
  readonly object: JsonObject;
  /** The exact text, where it is not just the object's. */
  readonly raw?: string;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
  /** The running pod that gets the object's ephemeral containers. */
  readonly base?: JsonObject;
}
type Constants = ReadonlyMap<string, readonly string[]>;
type Draft = Record<string | number, JsonValue>;

const POD: JsonObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p", labels: { app: "web" } },
  spec: {
    containers: [
      {
        name: "app",
        image: "registry.example/app:1",
        ports: [{ name: "http", containerPort: 8080 }],
        env: [{ name: "A", value: "b" }],
        resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        volumeMounts: [{ name: "data", mountPath: "/data" }],
        securityContext: { runAsNonRoot: true, runAsUser: 1000 },
        livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
      },
    ],
    initContainers: [{ name: "init", image: "registry.example/init:1", command: ["true"] }],
    volumes: [{ name: "data", emptyDir: {} }],
    securityContext: { fsGroup: 2000 },
  },
};
const SMALL: JsonObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "p" },
  spec: { containers: [{ name: "a", image: "a:1" }] },
};
/** What a field of the pod's spec is drawn for most: what bears on security. */
const SECURITY =
  /^(?:securityContext|host(?:Network|PID|IPC|Users)|os|shareProcessNamespace|containers|initContainers|volumeMounts|ports|annotations)$/;

export function drawnRequest(by: Chance, constants: Constants, all: boolean): Request {
  const pod = structuredClone(by.pick([POD, POD, SMALL])) as JsonObject;
  for (let edits = by.pick([1, 1, 1, 2, 2, 3]); edits > 0; edits -= 1) {
    const [part, id] = by.once(all ? 6 : 12)
      ? (["metadata", "meta.ObjectMeta"] as const)
      : (["spec", "core.PodSpec"] as const);
    edit(by, pod[part] as Draft, structType(id), constants, all);
  }
  return by.once(3) ? workload(by, pod) : { kind: "Pod", object: pod };
}

/** A workload with a sound template most times, and a few fields of its own spec set anew. */
export function drawnWorkload(by: Chance, constants: Constants): Request {
  const drawn = by.once(6) ? drawnRequest(by, constants, true) : { kind: "Pod", object: SMALL };
  const { kind, object } =
    drawn.kind === "Pod" ? workload(by, structuredClone(drawn.object) as JsonObject) : drawn;
  const inner = objectAt(object, kind === "PodTemplate" ? ["template"] : ["spec"]);
  const job = objectAt(object, ["spec", "jobTemplate", "spec"]);
  for (let edits = by.pick([1, 1, 2, 2, 3, 5]); edits > 0; edits -= 1) {
    if (by.once(12)) {
      const field = by.pick(["labels", "annotations", "name", "generateName"]);
      const type = structOf(structType("meta.ObjectMeta")).fields.get(field)?.type;
      const metadata = objectAt(object, ["metadata"]);
      if (type !== undefined) metadata[field] = drawnValue(by, type, field, constants, 1);
    } else if (by.once(15)) {
      const metadata = objectAt(object, TEMPLATE_OF[kind] ?? ["spec", "template", "metadata"]);
      metadata["labels"] = by.pick<JsonValue>([{}, { app: "web", a: "b" }, { app: "other" }, null]);
    } else if (kind === "CronJob" && by.once(2)) {
      editOwn(by, job, "batch.JobSpec", constants);
    } else if (kind !== "PodTemplate") {
      editOwn(by, inner, `${groupOf(kind)}.${kind}Spec`, constants);
    }
  }
  const metadata = objectAt(object, ["metadata"]);
  if (typeof metadata["name"] !== "string" || metadata["name"] === "") metadata["name"] = "w";
  return { kind, object };
}

const TEMPLATE_OF: Readonly<Record<string, readonly string[]>> = {
  PodTemplate: ["template", "metadata"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "metadata"],
};

/** Sets one field of the workload's own spec. */
function editOwn(by: Chance, spec: Draft, id: string, constants: Constants): void {
  const fields = [...structOf(structType(id)).fields.values()].filter(
    ({ name }) => !/^(?:template|jobTemplate|scheduling)$/.test(name),
  );
  const { name, type } = by.pick(fields);
  const there = spec[name];
  if (type.kind === "struct" && isJsonObject(there) && by.once(2)) {
    editOwn(by, there as Draft, type.struct, constants);
    return;
  }
  // Deep enough for the rules of a policy to have what they need.
  spec[name] =
    name === "selector" && by.once(2)
      ? by.pick<JsonValue>([
          {},
          { matchLabels: { app: "web" } },
          { matchLabels: { app: "x" } },
          null,
        ])
      : drawnValue(by, type, name, constants, 4);
}

function objectAt(object: JsonObject, path: readonly string[]): Draft {
  let found: JsonValue = object;
  for (const step of path) found = (isJsonObject(found) ? found[step] : undefined) ?? {};
  return found as Draft;
}

function groupOf(kind: string): string {
  return kind === "Job" || kind === "CronJob" ? "batch" : (KIND_GROUP[kind] ?? "core");
}

/** Sets one field below, or goes on down where there is something. */
function edit(by: Chance, at: Draft, type: GoType, constants: Constants, all: boolean): void {
  const fields = [...structOf(type).fields.values()].filter(
    ({ name }) =>
      !/^(?:managedFields|ownerReferences|status|namespace|generateName|selfLink|finalizers|creationTimestamp|deletion\w+|uid|resourceVersion|generation|name)$/.test(
        name,
      ) || type.struct !== "meta.ObjectMeta",
  );
  const liked = fields.filter(({ name }) => SECURITY.test(name));
  const inContext = /Context|Profile|Options|Capabilities/.test(type.struct);
  const field = by.pick(!inContext && liked.length > 0 && (!all || by.once(3)) ? liked : fields);
  const there = at[field.name];
  const kept = !all && /^(?:metadata|containers|initContainers|volumes)$/.test(field.name);
  if (field.type.kind === "struct" && isJsonObject(there) && !by.once(5)) {
    edit(by, there as Draft, field.type, constants, all);
    return;
  }
  const { element } = field.type;
  if (
    field.type.kind === "list" &&
    element !== undefined &&
    Array.isArray(there) &&
    (kept || !by.once(6))
  ) {
    const item = by.pick(there as JsonValue[]);
    if (!kept && by.once(3))
      (there as JsonValue[]).push(drawnValue(by, element, field.name, constants, 2));
    else if (element.kind === "struct" && isJsonObject(item)) {
      edit(by, item as Draft, element, constants, all);
      return;
    }
  }
  at[field.name] = drawnValue(by, field.type, field.name, constants, 2);
}

const KINDS = [
  ["PodTemplate", "v1"],
  ["ReplicationController", "v1"],
  ["Deployment", "apps/v1"],
  ["ReplicaSet", "apps/v1"],
  ["StatefulSet", "apps/v1"],
  ["DaemonSet", "apps/v1"],
  ["Job", "batch/v1"],
  ["CronJob", "batch/v1"],
] as const;

function workload(by: Chance, { metadata, spec }: JsonObject): Request {
  const [kind, apiVersion] = by.pick(KINDS);
  const labels = { app: "web" };
  const told = isJsonObject(metadata) ? { ...metadata, labels } : { labels };
  const { name: _, ...meta } = told as JsonObject;
  const template: JsonObject = { metadata: meta as JsonObject, spec: spec ?? {} };
  const never = { ...template, spec: { restartPolicy: "Never", ...(spec as JsonObject) } };
  const selector = kind === "ReplicationController" ? labels : { matchLabels: labels };
  const inner: JsonObject =
    kind === "Job"
      ? { template: never }
      : kind === "CronJob"
        ? { schedule: "@daily", jobTemplate: { spec: { template: never } } }
        : { selector, template, ...(kind === "StatefulSet" ? { serviceName: "web" } : {}) };
  const head = { apiVersion, kind, metadata: { name: "w" } };
  return {
    kind,
    object: kind === "PodTemplate" ? { ...head, template } : { ...head, spec: inner },
  };
}

/** A recorded request with one to three of its values drawn anew, or with another's fields beside its own. */
export function mutated(
  by: Chance,
  requests: readonly Request[],
  constants: Constants,
  all: boolean,
): Request {
  const { kind, object } = by.pick(requests);
  let changed = structuredClone(object) as JsonObject;
  if (by.once(2)) {
    const same = requests.filter((other) => other.kind === kind);
    changed = merged(changed, by.pick(same).object) as JsonObject;
    if (by.once(2)) return { kind, object: changed };
  }
  for (let left = by.pick([1, 1, 2, 3]); left > 0; left -= 1)
    redraw(by, changed, kind, constants, all);
  // Whoever sends an object gives it a name: secctx says nothing of one that lacks it.
  if (isJsonObject(changed["metadata"]) && !changed["metadata"]["name"])
    (changed["metadata"] as Draft)["name"] = "p";
  return { kind, object: changed };
}

/** Draws one value of the object anew, as its type may have it. */
function redraw(
  by: Chance,
  object: JsonObject,
  kind: string,
  constants: Constants,
  all: boolean,
): void {
  const places: Place[] = [];
  collect(object as Draft, structType(`${groupOf(kind)}.${kind}`), places, "");
  const fit = places.filter(({ name, steps }) =>
    all
      ? !/^(?:kind|apiVersion)$/.test(name)
      : /securityContext|host(?:Network|PID|IPC|Users)|\bos\b|sysctls|annotations|ports|shareProcess/.test(
          `${steps}.${name}`,
        ),
  );
  if (fit.length === 0) return;
  const { at, key, type, name } = by.pick(fit);
  at[key] = drawnValue(by, type, name, constants, 1);
}
const KIND_GROUP: Readonly<Record<string, string>> = {
  Deployment: "apps",
  ReplicaSet: "apps",
  StatefulSet: "apps",
  DaemonSet: "apps",
};

interface Place {
  readonly at: Draft;
  readonly key: string | number;
  readonly type: GoType;
  readonly name: string;
  readonly steps: string;
}

function collect(value: Draft, type: GoType, places: Place[], steps: string): void {
  const fields = structOf(type).fields;
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.get(name);
    if (field === undefined) continue;
    const below = `${steps}.${name}`;
    if (field.type.kind !== "struct")
      places.push({ at: value, key: name, type: field.type, name, steps });
    if (field.type.kind === "struct" && isJsonObject(inner))
      collect(inner as Draft, field.type, places, below);
    const { element } = field.type;
    if (element === undefined || !Array.isArray(inner)) continue;
    inner.forEach((item, index) => {
      if (element.kind === "struct" && isJsonObject(item))
        collect(item as Draft, element, places, below);
      else places.push({ at: inner as never, key: index, type: element, name, steps });
    });
  }
}

/** Objects key by key; containers of the same place too. */
function merged(into: JsonValue, other: JsonValue): JsonValue {
  if (Array.isArray(into) && Array.isArray(other))
    return Array.from({ length: Math.max(into.length, other.length) }, (_, index) =>
      index < into.length && index < other.length
        ? merged(into[index] as JsonValue, other[index] as JsonValue)
        : ((into[index] ?? other[index]) as JsonValue),
    );
  if (!isJsonObject(into) || !isJsonObject(other)) return other;
  const both: Draft = { ...(into as Draft) };
  for (const [key, value] of Object.entries(other)) {
    const own = both[key];
    both[key] = own === undefined ? value : merged(own, value);
  }
  return both as JsonObject;
}

/** The same request as a text with a key twice or a slip in it, with a field validation, or as one for ephemeral containers. */
export function sentOtherwise(by: Chance, request: Request, constants: Constants): Request {
  const text = writeJson(request.object);
  if (by.once(3)) return { ...request, fieldValidation: by.pick(["Ignore", "Warn", "Strict"]) };
  if (by.once(2)) return { ...request, raw: withKeyTwice(by, text) };
  if (by.once(3)) return { ...request, raw: withSlip(by, text) };
  const base = structuredClone(by.pick([POD, SMALL]));
  const type = structType("core.EphemeralContainer");
  const container = { name: "debug", image: "a:1", ...drawnContainer(by, type, constants) };
  const spec = { ...(base["spec"] as JsonObject), ephemeralContainers: [container] };
  return { kind: "Pod", object: { ...base, spec }, base };
}

function drawnContainer(by: Chance, type: GoType, constants: Constants): JsonObject {
  const container: Draft = {};
  const fields = [...structOf(type).fields.values()];
  for (let left = by.pick([0, 1, 1, 2]); left > 0; left -= 1) {
    const field = by.once(2) ? structOf(type).fields.get("securityContext") : by.pick(fields);
    if (field === undefined) continue;
    container[field.name] = drawnValue(by, field.type, field.name, constants, 2);
  }
  return container as JsonObject;
}

/** Before one of its members the text gets another of the same key. */
function withKeyTwice(by: Chance, text: string): string {
  const keys = [...text.matchAll(/"\w+":/g)];
  const { 0: key, index } = by.pick(keys);
  const value = by.pick(["null", "1", '"x"', "true", "{}", "[]", '{"name":"x"}', '[{"name":"x"}]']);
  return `${text.slice(0, index)}${key}${value},${text.slice(index)}`;
}

function withSlip(by: Chance, text: string): string {
  const at = by.below(text.length);
  const slip = by.pick(["", ",", "}", '"', "x", "\\", "1.0", " "]);
  return by.once(3) ? text.slice(0, at) : text.slice(0, at) + slip + text.slice(at + by.below(2));
}
