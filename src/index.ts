// The library's door: pure functions and types, usable in a browser.
export { type CheckOptions, checkPodDocument } from "./core/answers/check.ts";
export type { CheckedPod, CheckFinding, CheckReport } from "./core/answers/checked.ts";
export { diff, type PrivilegeChange, type WorkloadDiff } from "./core/answers/diff.ts";
export { type ExplainLine, explain } from "./core/answers/explain.ts";
export {
  type FixedField,
  type FixedManifest,
  type FixedPod,
  type FixNote,
  type FixOptions,
  fix,
} from "./core/answers/fix.ts";
export { FIELDS } from "./core/fields/fields.ts";
export { checkPod } from "./core/journey/fast.ts";
export { findingsOf, type Journey, type JourneyOptions, walk } from "./core/journey.ts";
export type { DocumentEdits, RefusedChange } from "./core/manifest/edit/documentEdits.ts";
export { editsFor } from "./core/manifest/edit/editsFor.ts";
export {
  type Manifest,
  type ManifestError,
  type ManifestOptions,
  type PodDocument,
  readManifest,
} from "./core/manifest/manifest.ts";
export { applyEdits, type TextEdit } from "./core/model/edit.ts";
export { type FieldPath, type Finding, toFieldPath, toPointer } from "./core/model/finding.ts";
export type { Pod, PodSecurityContext, PodSpec, SecurityContext } from "./core/model/pod.ts";
export type { Setting, Source } from "./core/model/setting.ts";
export type { World, WorldFile } from "./core/model/world.ts";
export { applyChanges, type FieldChange } from "./core/rules/changes.ts";
export { parseJson, writeJson } from "./core/rules/json.ts";
export { composeWorld, WorldError } from "./core/rules/world.ts";
export { runStage, STAGES, type StageCommandName, StageLineError } from "./core/stages.ts";
export { explainText } from "./report/explainText.ts";
export { COLOURED, PLAIN, type Style } from "./report/style.ts";
