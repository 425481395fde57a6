// What the API server refuses or warns about, as findings: its words, at the real path of what is wrong.
import type { FieldPath, Finding, Severity } from "../model/finding.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../model/json.ts";
import type { World } from "../model/world.ts";
import { APPARMOR_ANNOTATION_PREFIX } from "./appArmorAnnotation.ts";
import { CONTAINER_LISTS } from "./containers.ts";
import {
  SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  SECCOMP_POD_ANNOTATION,
} from "./validation/seccompProfile.ts";

/** What the server said, and where. */
export interface Said {
  readonly message: string;
  readonly path: FieldPath;
  /** The end of the finding's id; without it the field at fault names it: `apiserver.runAsUser`. */
  readonly what?: string;
  /** In our own words. */
  readonly hint?: string;
}

const NEIGHBOURS: readonly string[] = [
  "hostNetwork",
  "hostPID",
  "hostIPC",
  "hostUsers",
  "shareProcessNamespace",
];

export function findingOf(
  severity: Severity,
  { message, path, what, hint }: Said,
  world: World,
  object: JsonObject,
): Finding {
  const field = fieldOf(path);
  const container = containerOf(path, object);
  return {
    id: `apiserver.${what ?? field ?? lastName(path)}`,
    stage: "apiserver",
    severity,
    ...(container === undefined ? {} : { container }),
    ...(field === undefined ? {} : { field }),
    path,
    message,
    ...(hint === undefined ? {} : { hint }),
    origin: `kube-apiserver ${world.kubernetes}`,
  };
}

/** The securityContext field that the path is about, or its neighbour in the pod's spec. */
function fieldOf(path: FieldPath): string | undefined {
  const context = path.indexOf("securityContext");
  const inContext = context === -1 ? undefined : path[context + 1];
  if (typeof inContext === "string") return inContext;
  const annotations = path.indexOf("annotations");
  if (annotations !== -1) return fieldOfAnnotation(String(path[annotations + 1] ?? ""));
  const neighbour = path.find((step) => typeof step === "string" && NEIGHBOURS.includes(step));
  return neighbour === undefined ? undefined : String(neighbour);
}

function fieldOfAnnotation(key: string): string | undefined {
  if (key.startsWith(APPARMOR_ANNOTATION_PREFIX)) return "appArmorProfile";
  if (key === SECCOMP_POD_ANNOTATION || key.startsWith(SECCOMP_CONTAINER_ANNOTATION_PREFIX)) {
    return "seccompProfile";
  }
  return key.startsWith("security.alpha.kubernetes.io/") ? "sysctls" : undefined;
}

function lastName(path: FieldPath): string {
  const name = path.findLast((step) => typeof step === "string");
  return name === undefined ? "object" : String(name);
}

/** The name of the container that the path leads into. */
function containerOf(path: FieldPath, object: JsonObject): string | undefined {
  const list = path.findIndex((step) => (CONTAINER_LISTS as readonly unknown[]).includes(step));
  if (list === -1 || path.length < list + 2) return undefined;
  let value: JsonValue | undefined = object;
  for (const step of path.slice(0, list + 2)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isJsonObject(value) ? value[step] : undefined;
  }
  const name = isJsonObject(value) ? value["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}
