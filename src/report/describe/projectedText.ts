// One source of a projected volume in kubectl's descriptions.
import type { JsonObject } from "../../core/model/json.ts";
import { isTrue, line, numberText, objectAt, textAt } from "./fields.ts";

/** @see kubectl v0.37.2 pkg/describe/describe.go printProjectedVolumeSource */
export function projectedText(source: JsonObject): string {
  const secret = objectAt(source, "secret");
  if (secret !== undefined) return named("SecretName", secret);
  if (objectAt(source, "downwardAPI") !== undefined) return line(2, "DownwardAPI:\ttrue");
  const configMap = objectAt(source, "configMap");
  if (configMap !== undefined) return named("ConfigMapName", configMap);
  const token = objectAt(source, "serviceAccountToken");
  if (token === undefined) return "";
  return line(2, `TokenExpirationSeconds:\t${numberText(token, "expirationSeconds")}`);
}

function named(title: string, reference: JsonObject): string {
  return (
    line(2, `${title}:\t${textAt(reference, "name")}`) +
    line(2, `Optional:\t${isTrue(reference, "optional")}`)
  );
}
