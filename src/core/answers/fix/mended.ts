// One pod on its way through `fix`: what is planned for it, and what stood in the way of more.
import type { PodDocument } from "../../manifest/manifest.ts";
import type { World } from "../../model/world.ts";
import type { FieldChange } from "../../rules/changes.ts";
import type { AcceptedFinding } from "./accepted.ts";
import type { FixNote } from "./fixed.ts";
import type { Extent, PlannedPod } from "./planPod.ts";

export interface Mended {
  readonly document: PodDocument;
  readonly world: World;
  /** The same at other Kubernetes versions where the level is to be reached too. */
  readonly others: readonly World[];
  readonly accepted: readonly AcceptedFinding[];
  plan: PlannedPod;
  extent: Extent;
  /** Why less than all is done. */
  readonly setbacks: FixNote[];
  /** What anchors brought and is written out now. */
  unshared: readonly FixNote[];
  /** What changes beside the pods, where no program reads it; from the document's root. */
  idle: readonly FieldChange[];
}
