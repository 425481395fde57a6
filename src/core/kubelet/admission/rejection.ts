// What an admission handler of the kubelet answers: nothing, a refusal in its own words, or a doubt in ours.
import type { FieldName } from "../../fields/card.ts";
import type { FieldPath } from "../../model/finding.ts";

export interface Rejection {
  readonly gate: string;
  /** `SysctlForbidden`. */
  readonly reason: string;
  readonly message: string;
  readonly field?: FieldName;
  readonly path: FieldPath;
  /** In our words. */
  readonly hint?: string;
}
/** What the world does not tell, in our words: the node may refuse. */
export interface AdmissionNote {
  readonly note: string;
  readonly field: FieldName;
  readonly path: FieldPath;
}
export type Admission = Rejection | AdmissionNote | undefined;
