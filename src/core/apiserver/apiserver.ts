// kube-apiserver: decoding, defaulting, validation and warnings of a pod and of what holds one.
import type { Finding, Gate } from "../model/finding.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { PodSpec } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { type Admitted, admitEphemeral, admitNew } from "./admit.ts";
import {
  type BadRequest,
  type Behind,
  type DecodedBody,
  decode,
  type FieldValidation,
} from "./decode/decode.ts";
import { withoutNewerFields } from "./decode/newerFields.ts";
import { structType } from "./decode/schema.ts";
import { tidied } from "./decode/tidy.ts";
import { type FieldErrors, toSaid } from "./fieldError.ts";
import { findingOf, type Said } from "./findings.ts";
import { type WorkloadKind, workloadKind } from "./kinds.ts";
import { newBadRequest, newInvalid, newNotFound, type Status } from "./status.ts";
import { traceSpec } from "./traceSpec.ts";
import { validateOptions } from "./validation/requestOptions.ts";
import { recordWarnings } from "./warning.ts";

export type { Status } from "./status.ts";

/** `object` (already parsed) or `raw` (the request's exact text). */
export interface ApiRequest {
  readonly operation: "create" | "ephemeral";
  readonly kind: string;
  readonly object?: JsonObject;
  readonly raw?: string;
  /** The running pod, for operation ephemeral. */
  readonly base?: JsonObject;
  /** Ignore, Warn (also when absent or empty) or Strict; anything else is refused, as the server does. */
  readonly fieldValidation?: string;
}
export interface ApiAnswer {
  readonly scope: "security";
  readonly code: number;
  readonly status: Status | null;
  readonly warnings: readonly string[];
  /** The defaulted pod spec (of a workload: of its template). */
  readonly spec: PodSpec | null;
  readonly annotations?: Readonly<Record<string, string>>;
}

const POD_SPEC = structType("core.PodSpec");
const DECODE: Gate = { id: "apiserver.decode", stage: "apiserver" };
const VALIDATE: Gate = { id: "apiserver.validate", stage: "apiserver" };
const OPEN: readonly Gate[] = [DECODE, VALIDATE];

/**
 * Judges a request that creates a pod or workload, or that adds ephemeral containers to a pod.
 * A refusal is an answer: nothing that a document can hold throws.
 * @see kubernetes v1.37.2 apiserver/pkg/endpoints/handlers/create.go createHandler
 */
export function apiserver(
  request: ApiRequest,
  world: World,
  options: StageOptions = {},
): StageReport<ApiAnswer> {
  const kind = workloadKind(request.kind);
  if (kind === undefined)
    return badRequest(newNotFound(), { path: [], what: "kind" }, request, world);
  const { fieldValidation = "" } = request;
  const errors: FieldErrors = [];
  validateOptions(errors, fieldValidation);
  if (errors.length > 0) {
    const optionsKind = request.operation === "ephemeral" ? "UpdateOptions" : "CreateOptions";
    const status = newInvalid(optionsKind, "meta.k8s.io", "", errors);
    return badRequest(status, { path: [], what: "fieldValidation" }, request, world);
  }
  const directive = fieldValidation === "" ? "Warn" : (fieldValidation as FieldValidation);
  const read = decode(request, kind, directive);
  if ("what" in read) return badRequest(newBadRequest(read.message), read, request, world);
  const decoded = withoutNewerFields(read, kind, world.kubernetes);
  if (request.operation === "create") {
    return answer(
      decoded,
      admitNew(decoded.object, kind, world),
      { kind, code: 201, world },
      options,
    );
  }
  const admitted = admitEphemeral(decoded.object, request.base ?? decoded.object, kind, world);
  return answer({ ...decoded, tidy: false }, admitted, { kind, code: 200, world }, options);
}

function badRequest(
  status: Status,
  { path, what, hint, behind }: Omit<BadRequest, "message" | "what"> & { readonly what: string },
  { object = {} }: ApiRequest,
  world: World,
): StageReport<ApiAnswer> {
  const { message } = status;
  const finding = findingOf("refusal", withHint({ message, path, what }, hint), world, object);
  const gates = [{ ...DECODE, finding }];
  const others = behind === undefined ? [] : findingsBehind(behind, what, world, object);
  return report({ status, warnings: [] }, gates, [finding, ...others]);
}

/** What the server says only when the wrong type before it is mended. */
function findingsBehind(
  { refusals, warnings }: Behind,
  what: string,
  world: World,
  object: JsonObject,
): Finding[] {
  const later = (said: Said) => {
    return withHint(said, said.hint === undefined ? LATER : `${said.hint} (${LATER})`);
  };
  return [
    ...refusals.map((said) => findingOf("refusal", later({ ...said, what }), world, object)),
    ...warnings.map((said) => findingOf("warning", later(said), world, object)),
  ];
}

const LATER = "said once the wrong type before it is mended";

function withHint(said: Said, hint: string | undefined): Said {
  return hint === undefined ? said : { ...said, hint };
}

interface Circumstances {
  readonly kind: WorkloadKind;
  readonly code: number;
  readonly world: World;
}

function answer(
  { object, tidy, strict }: DecodedBody,
  { template, errors, warnings: own, synced }: Admitted,
  { kind, code, world }: Circumstances,
  options: StageOptions,
): StageReport<ApiAnswer> {
  const recorded = recordWarnings([...strict, ...own]);
  const warnings = recorded.map(({ message }) => message);
  const findings = errors.map((error) => findingOf("refusal", toSaid(error), world, object));
  for (const warning of recorded) findings.push(findingOf("warning", warning, world, object));
  const [first] = findings;
  if (errors.length > 0 && first !== undefined) {
    const status = newInvalid(kind.kind, kind.group, nameOf(object), errors);
    return report({ status, warnings }, [DECODE, { ...VALIDATE, finding: first }], findings);
  }
  const spec = tidy ? template.spec : (tidied(template.spec, POD_SPEC) as PodSpec);
  const { annotations } = template.metadata;
  const accepted = { scope: "security", code, status: null, warnings, spec } as const;
  return {
    stage: "apiserver",
    out: isEmpty(annotations) ? accepted : { annotations, ...accepted },
    trace: options.trace === true ? traceSpec(spec, synced) : [],
    gates: OPEN,
    findings,
  };
}

function isEmpty(
  annotations: Readonly<Record<string, string>> | undefined,
): annotations is undefined {
  for (const _key in annotations) return false;
  return true;
}

function report(
  { status, warnings }: { readonly status: Status; readonly warnings: readonly string[] },
  gates: readonly Gate[],
  findings: readonly Finding[],
): StageReport<ApiAnswer> {
  const out = { scope: "security", code: status.code, status, warnings, spec: null } as const;
  return { stage: "apiserver", out, trace: [], gates, findings };
}

function nameOf(object: JsonObject): string {
  const { metadata } = object;
  const name = isJsonObject(metadata) ? metadata["name"] : undefined;
  return typeof name === "string" ? name : "";
}
