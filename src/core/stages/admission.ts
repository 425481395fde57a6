// A request as the API server takes it: defaulted and validated first, then judged by Pod Security admission.
import { type ApiAnswer, apiserver } from "../apiserver/apiserver.ts";
import { isJsonObject, type JsonObject } from "../model/json.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { type AdmissionAnswer, type AdmissionInput, admission } from "../podsecurity/admission.ts";
import { kindOf, podOf } from "../podsecurity/podTemplates.ts";
import { applyChanges } from "../rules/changes.ts";
import { writeJson } from "../rules/json.ts";

/**
 * The whole answer to one object as its author wrote it: what validation refuses never reaches Pod Security, whose
 * warnings come after those of the server. A Namespace goes to Pod Security as it is.
 */
export function admit(
  input: AdmissionInput,
  world: World,
  options?: StageOptions,
): StageReport<AdmissionAnswer> {
  const { object } = input;
  const found = object && podOf(object);
  if (object === undefined || found === undefined) return admission(input, world, options);
  const accepted = stored(input, object, world, options);
  if (accepted === undefined) return admission(input, world, options);
  const { code, status, warnings, spec } = accepted.out;
  if (status !== null) {
    const out = { code, message: status.message, warnings, auditAnnotations: {}, status };
    return { ...accepted, stage: "podsecurity", out };
  }
  const path = [...found.path, "spec"];
  const defaulted = applyChanges(object, [{ path, to: spec }]);
  const judged = admission({ ...input, object: defaulted }, world, options);
  return {
    stage: "podsecurity",
    out: { ...judged.out, warnings: [...warnings, ...judged.out.warnings] },
    trace: accepted.trace,
    gates: [...accepted.gates, ...judged.gates],
    findings: [...accepted.findings, ...judged.findings],
  };
}

/** What the server makes of a new object, or of a pod with other ephemeral containers; any other change is taken as stored. */
function stored(
  { oldObject, operation }: AdmissionInput,
  object: JsonObject,
  world: World,
  options: StageOptions | undefined,
): StageReport<ApiAnswer> | undefined {
  const kind = kindOf(object);
  if (!isJsonObject(oldObject)) {
    if (operation === "update") return undefined;
    return apiserver({ operation: "create", kind, object }, world, options);
  }
  if (kind !== "Pod" || ephemeralOf(object) === ephemeralOf(oldObject)) return undefined;
  return apiserver({ operation: "ephemeral", kind, object, base: oldObject }, world, options);
}

function ephemeralOf({ spec }: JsonObject): string {
  const containers = isJsonObject(spec) ? spec["ephemeralContainers"] : undefined;
  return writeJson(containers ?? []);
}
