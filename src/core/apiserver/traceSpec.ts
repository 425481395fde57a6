// Where each security setting of the answered spec came from: the manifest, or a rule of the server.
import { type FieldPath, toPointer } from "../model/finding.ts";
import type { PodSpec } from "../model/pod.ts";
import type { Trace } from "../model/report.ts";
import type { Source } from "../model/setting.ts";
import { CONTAINER_LISTS } from "./containers.ts";

const NEIGHBOURS = [
  "hostNetwork",
  "hostPID",
  "hostIPC",
  "hostUsers",
  "shareProcessNamespace",
] as const;

/** `synced`: paths of the containers whose AppArmor profile was made of an annotation. */
export function traceSpec(spec: PodSpec, synced: readonly FieldPath[]): Trace[] {
  const traces: Trace[] = [];
  const fromAnnotation = new Set(synced.map(toPointer));
  const add = (field: string, value: unknown, path: FieldPath, container?: string): void => {
    const made = field === "appArmorProfile" && fromAnnotation.has(toPointer(path.slice(0, 3)));
    const source: Source = made
      ? { kind: "rule", by: "kube-apiserver", rule: "applyAppArmorVersionSkew" }
      : { kind: "manifest", path };
    const at = toPointer(path);
    const setting = { value, source };
    traces.push(
      container === undefined ? { field, at, setting } : { field, at, setting, container },
    );
  };
  for (const field of NEIGHBOURS) {
    if (spec[field] !== undefined) add(field, spec[field], ["spec", field]);
  }
  for (const [field, value] of Object.entries(spec.securityContext ?? {})) {
    add(field, value, ["spec", "securityContext", field]);
  }
  for (const list of CONTAINER_LISTS) {
    spec[list]?.forEach(({ name, securityContext }, index) => {
      for (const [field, value] of Object.entries(securityContext ?? {})) {
        add(field, value, ["spec", list, index, "securityContext", field], name);
      }
    });
  }
  return traces;
}
