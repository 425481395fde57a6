// A container's environment as kubectl's descriptions have it: what the pod tells, and of other objects only where it is.
import type { JsonObject } from "../../core/model/json.ts";
import { isTrue, line, objectAt, objectsAt, textAt } from "./fields.ts";

/** What only the API machinery can tell of a reference; "" where it cannot. */
export interface Resolve {
  readonly field: (fieldPath: string) => string;
  /** Without what the node could give. */
  readonly resource: (selector: JsonObject, container: JsonObject) => string;
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainerEnvFrom */
export function envFromText(container: JsonObject): string {
  const sources = objectsAt(container, "envFrom");
  if (sources.length === 0) return "";
  return `${line(2, "Environment Variables from:")}${sources.map(sourceText).join("")}`;
}

function sourceText(source: JsonObject): string {
  const configMap = objectAt(source, "configMapRef");
  const secret = objectAt(source, "secretRef");
  const kind = configMap ? "ConfigMap" : secret ? "Secret" : "";
  const reference = configMap ?? secret ?? {};
  const prefix = textAt(source, "prefix");
  const how = prefix === "" ? kind : `${kind} with prefix '${prefix}'`;
  return line(3, `${textAt(reference, "name")}\t${how}\t${optionalText(reference)}`);
}

/** @see kubectl v0.37.2 pkg/describe/describe.go describeContainerEnvVars */
export function environmentText(container: JsonObject, resolve: Resolve): string {
  const variables = objectsAt(container, "env");
  if (variables.length === 0) return line(2, "Environment:\t<none>");
  const texts = variables.map((variable) => {
    const name = textAt(variable, "name");
    const from = objectAt(variable, "valueFrom");
    if (from === undefined) return plainText(name, textAt(variable, "value"));
    const value = valueText(from, container, resolve);
    return value === undefined ? "" : line(3, `${name}:\t${value}`);
  });
  return `${line(2, "Environment:")}${texts.join("")}`;
}

function plainText(name: string, value: string): string {
  return value
    .split("\n")
    .map((text, at) => line(3, at === 0 ? `${name}:\t${text}` : `\t${text}`))
    .join("");
}

function valueText(from: JsonObject, container: JsonObject, resolve: Resolve): string | undefined {
  const field = objectAt(from, "fieldRef");
  if (field !== undefined) {
    const path = textAt(field, "fieldPath");
    return `${resolve.field(path)} (${textAt(field, "apiVersion")}:${path})`;
  }
  const selector = objectAt(from, "resourceFieldRef");
  if (selector !== undefined) {
    const resource = textAt(selector, "resource");
    const value = resolve.resource(selector, container);
    const isOfNode = value === "0" && ["limits.cpu", "limits.memory"].includes(resource);
    return `${isOfNode ? "node allocatable" : value} (${resource})`;
  }
  const secret = objectAt(from, "secretKeyRef");
  if (secret !== undefined) {
    return `<set to the key '${textAt(secret, "key")}' in secret '${textAt(secret, "name")}'>\t${optionalText(secret)}`;
  }
  const configMap = objectAt(from, "configMapKeyRef");
  if (configMap === undefined) return undefined;
  return `<set to the key '${textAt(configMap, "key")}' of config map '${textAt(configMap, "name")}'>\t${optionalText(configMap)}`;
}

function optionalText(reference: JsonObject): string {
  return `Optional: ${isTrue(reference, "optional")}`;
}
