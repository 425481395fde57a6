// The claim that a pod brings with a volume of its own, in kubectl's descriptions.
import type { JsonObject } from "../../core/model/json.ts";
import { objectAt, textAt, textsAt } from "./fields.ts";
import { annotationsText, labelsText } from "./maps.ts";

/** Older than the field, and still read first. */
const CLASS = "volume.beta.kubernetes.io/storage-class";

/**
 * A template has no status, so neither capacity nor access modes are known.
 * @see kubectl v0.37.2 pkg/describe/describe.go printPersistentVolumeClaim
 */
export function claimText(template: JsonObject | undefined, indent: string): string {
  if (template === undefined) return "";
  const metadata = objectAt(template, "metadata") ?? {};
  const spec = objectAt(template, "spec") ?? {};
  const annotations = objectAt(metadata, "annotations");
  const own = annotations?.[CLASS];
  const storageClass = own === undefined ? textAt(spec, "storageClassName") : String(own);
  const volume = textAt(spec, "volumeName");
  const mode = textAt(spec, "volumeMode");
  const rows = [`StorageClass:\t${storageClass}`, `Volume:\t${volume}`];
  const after = [
    `Capacity:\t${volume === "" ? "" : "0"}`,
    "Access Modes:\t",
    ...(mode === "" ? [] : [`VolumeMode:\t${mode}`]),
    ...dataSourceRows(objectAt(spec, "dataSource")),
  ];
  const text = (all: readonly string[]): string => all.map((row) => `${indent}${row}\n`).join("");
  const labels = labelsText("Labels", objectAt(metadata, "labels"), { indent });
  return text(rows) + labels + annotationsText(annotations, indent) + text(after);
}

function dataSourceRows(source: JsonObject | undefined): string[] {
  if (source === undefined) return [];
  const group = textsAt({ group: [source["apiGroup"] ?? ""] }, "group").join("");
  return [
    "DataSource:",
    ...(group === "" ? [] : [`  APIGroup:\t${group}`]),
    `  Kind:\t${textAt(source, "kind")}`,
    `  Name:\t${textAt(source, "name")}`,
  ];
}
