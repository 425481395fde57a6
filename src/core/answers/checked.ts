// What `check` answers: per pod the level it meets and what is found, placed in the file; over all, what was read and what was not.
import type { ManifestError } from "../manifest/manifest.ts";
import type { TextEdit } from "../model/edit.ts";
import type { Range } from "../model/finding.ts";
import type { KubeMinor } from "../model/version.ts";
import type { Level } from "../podsecurity/podsecurity.ts";
import type { PlacedFinding, Verdict } from "./explain.ts";
import type { Hunk } from "./fix/hunks.ts";
import type { AnswerHead } from "./place.ts";

/** A finding of `check`: a stage's refusal or warning in its own words, or a risk that no program refuses, in ours. */
export interface CheckFinding extends PlacedFinding {
  /** Where the offending field stands, else the nearest written part of its path; offsets count in the whole file. */
  readonly range?: Range;
  /** The lines up to that place with a caret under it. */
  readonly excerpt?: string;
  /** The pod's field that the container inherits (JSON Pointer into the document), where the finding rests on one. */
  readonly inherited?: string;
  /** The page of this finding's id, relative to the project: `docs/checks/kubelet.verifyRunAsNonRoot.md`. */
  readonly page: string;
  /** Upstream's page, KEP or source. */
  readonly reference?: string;
  /** The Kubernetes versions at which it is found, where a range was asked for. */
  readonly versions?: readonly KubeMinor[];
  /** Stable over edits elsewhere in the file: the same finding in the next commit has the same one. */
  readonly fingerprint: string;
  /**
   * Edits that mend it, and that can be made alone: the part of what `fix` writes that bears on it, even if the pod does not
   * reach its level. An edit is the same in each finding that it mends, and no two overlap: whoever makes each once has them all.
   */
  readonly fixes?: readonly TextEdit[];
  /** Which of the pod's `fix.hunks` mend it, by their index. */
  readonly hunks?: readonly number[];
  /** Known and accepted: not counted, but never silent. */
  readonly suppressed?: Suppression;
  /** It was accepted until a day that is over, and counts again. */
  readonly expired?: Suppression;
}

export interface Suppression {
  readonly by: "comment" | "config" | "baseline";
  readonly reason: string;
  /** Where the suppression is written: `secctx.yaml:12`. */
  readonly at: string;
  /** The last day on which it held, where that is over. */
  readonly expired?: string;
}

/** A hunk of what `fix` writes. */
export interface FixHunk extends Hunk {
  /** Whose fields alone it changes; absent of what stands at the pod, or at several. */
  readonly container?: string;
}

/** What `secctx fix` would write into the pod at the same level. */
export interface PodFix {
  /** In the order of the text. */
  readonly hunks: readonly FixHunk[];
  /** What only a person can decide, and what keeps `fix` from the rest as long. */
  readonly left: readonly {
    readonly message: string;
    readonly container?: string;
    readonly line?: number;
  }[];
}

/** One line of `check -o jsonl`. */
export interface CheckedPod extends AnswerHead {
  readonly podSecurity: {
    /** Both levels at `kubernetes`, on the pod as written. */
    readonly baseline: Verdict;
    readonly restricted: Verdict;
    readonly highest: Level;
    /** The level that was asked for. */
    readonly level: Level;
    readonly met: boolean;
    /** What the labels of the namespace make the API server say, of the pod as it stores it. */
    readonly namespace: NamespaceSays;
  };
  readonly findings: readonly CheckFinding[];
  readonly fix?: PodFix;
  readonly unverified?: readonly string[];
}

/** By mode: the 403 text of `enforce` (of a workload: to its pods), the warning headers of `warn`, `audit`'s annotations. */
export interface NamespaceSays {
  readonly refusal?: string;
  readonly warnings: readonly string[];
  /** As the audit log has them, keys with their prefix; `exempt` says why nothing is judged. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
}

export interface SkippedDocument {
  readonly file: string;
  /** Not one document was left out but all of it; of standard input too. */
  readonly whole?: "file" | "folder" | "input";
  readonly document: number;
  /** Empty for what is no object or does not say its kind. */
  readonly kind: string;
  /** Why there is no pod in it: `no workload`, `a Helm template`, … */
  readonly reason: string;
}

/** Everything of one run; nothing that was named is missing here. */
export interface CheckReport {
  readonly pods: readonly CheckedPod[];
  readonly errors: readonly ManifestError[];
  readonly skipped: readonly SkippedDocument[];
  /** Files that were read. */
  readonly files: number;
  /** Suppressions that suppress nothing any more. */
  readonly unusedSuppressions: readonly Suppression[];
  /** Pods with findings of which it is not told what `fix` would write: there are too many. */
  readonly untoldFixes?: number;
  /** A run without any pod is no failure. */
  readonly isNoneAllowed?: boolean;
}
