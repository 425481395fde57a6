// Pod Security admission: the API server's answer to a pod, a workload or a namespace by the labels of the namespace.
import type { Finding, Gate } from "../model/finding.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { NamespaceFacts, World } from "../model/world.ts";
import { writeJson } from "../rules/json.ts";
import { admitNamespace } from "./admitNamespace.ts";
import { admitPod } from "./admitPod.ts";
import { kindOf, podOf } from "./podTemplates.ts";
import { isSignificantPodUpdate } from "./podUpdate.ts";
import { listOf, textOf } from "./podView.ts";
import { newForbidden, type Status } from "./status.ts";

type Labels = NamespaceFacts["labels"];

export interface AdmissionInput {
  /**
   * The Namespace that the object goes to; of a Namespace that is changed, as it was before; absent or null: the world's,
   * and for a Namespace that there is none yet.
   */
  readonly namespace?: JsonObject | null;
  /** As the API server stores it (defaulted). A Namespace without its kind is merged into `namespace`, as a patch is. */
  readonly object?: JsonObject;
  /** The object as it was, of an update. */
  readonly oldObject?: JsonObject | null;
  /** Default: an update when there is an `oldObject`, or a Namespace that differs from `namespace`. */
  readonly operation?: "create" | "update";
  /** The name of who asks. */
  readonly user?: string;
  /** Instead of the pod's own. */
  readonly runtimeClass?: string;
  /** What runs in the namespace, when its labels change. */
  readonly existingPods?: readonly Pod[];
}
export interface AdmissionAnswer {
  /** 201 created, 200 changed, 403 forbidden, 422 invalid. */
  readonly code: number;
  /** The whole sentence of a refusal; null where the object is let in. */
  readonly message: string | null;
  readonly warnings: readonly string[];
  /** As the audit log has them, keys with their prefix. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
  readonly status: Status | null;
}

/**
 * Judges one request by the namespace's labels and the world's `podSecurity`. Findings have paths from the object.
 * @see pod-security-admission v0.37.2 admission/admission.go Validate
 */
export function admission(
  input: AdmissionInput,
  world: World,
  _options?: StageOptions,
): StageReport<AdmissionAnswer> {
  const object = input.object ?? input.namespace ?? {};
  if (kindOf(object) === "Namespace") return answerNamespace(input, object, world);
  const isUpdate = input.operation === "update" || isJsonObject(input.oldObject);
  const code = isUpdate ? 200 : 201;
  const found = podOf(object);
  if (found === undefined || !isSignificant(input, found.pod)) return answer(accepted(code), []);
  const { refusal, warnings, auditAnnotations, findings } = admitPod(
    {
      pod: found.pod,
      kind: kindOf(object),
      user: textOf(input.user),
      namespace: isJsonObject(input.namespace) ? factsOf(input.namespace) : world.namespace,
      ...(typeof input.runtimeClass === "string" ? { runtimeClass: input.runtimeClass } : {}),
    },
    world,
  );
  const rebased = findings.map((finding) => ({
    ...finding,
    path: [...found.path, ...finding.path],
  }));
  const out = { ...accepted(code), warnings, auditAnnotations };
  if (refusal === undefined) return answer(out, rebased);
  const status = newForbidden(textOf(found.pod.metadata?.name), refusal);
  return answer({ ...out, code: status.code, message: refusal, status }, rebased);
}

/** Of a pod only changes of images and new containers are judged; other kinds are always judged. */
function isSignificant({ object, oldObject }: AdmissionInput, pod: Pod): boolean {
  if (object === undefined || kindOf(object) !== "Pod" || !isJsonObject(oldObject)) return true;
  const old = podOf(oldObject);
  return old === undefined || isSignificantPodUpdate(pod, old.pod);
}

function answerNamespace(
  input: AdmissionInput,
  object: JsonObject,
  world: World,
): StageReport<AdmissionAnswer> {
  const known = input.oldObject ?? (input.object === undefined ? undefined : input.namespace);
  const before = isJsonObject(known) ? factsOf(known) : undefined;
  const isPatch = object["kind"] === undefined && before !== undefined;
  const namespace = isPatch ? patched(before, object) : factsOf(object);
  const isUpdate = isPatch || (before !== undefined && !isSame(before, namespace));
  const operation = input.operation ?? (isUpdate ? "update" : "create");
  const old = operation === "update" ? (before ?? { ...namespace, labels: {} }) : undefined;
  const existingPods = listOf(input.existingPods) as readonly Pod[];
  const { status, warnings } = admitNamespace(
    { namespace, existingPods, ...(old === undefined ? {} : { old }) },
    world,
  );
  const code = status?.code ?? (operation === "update" ? 200 : 201);
  return answer({ ...accepted(code), message: status?.message ?? null, warnings, status }, []);
}

/** Name and labels of a Namespace; `{ name, labels }` is read too. */
function factsOf(namespace: JsonObject): NamespaceFacts {
  const { metadata = namespace } = namespace;
  const { name, labels } = isJsonObject(metadata) ? metadata : {};
  return { name: textOf(name), labels: isJsonObject(labels) ? (labels as Labels) : {} };
}

/** A JSON merge patch of labels: null takes one away. */
function patched(before: NamespaceFacts, patch: JsonObject): NamespaceFacts {
  const { name, labels } = factsOf(patch);
  const merged = Object.entries({ ...before.labels, ...labels } as Readonly<
    Record<string, unknown>
  >);
  const kept = merged.filter(([, value]) => value !== null);
  return { name: name === "" ? before.name : name, labels: Object.fromEntries(kept) as Labels };
}

function isSame(a: NamespaceFacts, b: NamespaceFacts): boolean {
  return a.name === b.name && writeJson(a.labels) === writeJson(b.labels);
}

function accepted(code: number): AdmissionAnswer {
  return { code, message: null, warnings: [], auditAnnotations: {}, status: null };
}

/** The gate stands for the enforced level, or for the validity of a namespace. */
function answer(out: AdmissionAnswer, findings: readonly Finding[]): StageReport<AdmissionAnswer> {
  const refusal = findings.find(({ severity }) => severity === "refusal");
  const gate: Gate = { id: "podsecurity.admission", stage: "podsecurity" };
  const gates = [refusal === undefined ? gate : { ...gate, finding: refusal }];
  return { stage: "podsecurity", out, trace: [], gates, findings };
}
