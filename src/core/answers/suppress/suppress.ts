// Findings that a person has accepted: marked with who says so and why, never removed; and what accepts nothing any more.
import type { CheckedPod, CheckFinding, CheckReport, Suppression } from "../checked.ts";
import { type Baseline, baselineSuppressors } from "./baseline.ts";
import {
  type Exemption,
  type ExemptionWorld,
  exemptionSuppressor,
  isExpired,
  isInSight,
} from "./exemptions.ts";
import {
  commentSuppressor,
  isSuppression,
  type SuppressionComment,
  whatIsWrong,
} from "./suppressionComments.ts";
import type { Suppressor } from "./suppressor.ts";
import { wrongComment } from "./wrongComment.ts";

export interface Accepted extends ExemptionWorld {
  readonly comments: readonly SuppressionComment[];
  readonly exemptions: readonly Exemption[];
  /** A file's name in the baseline. */
  readonly named: (file: string) => string;
  /** Only files that were named were looked at: an exemption of another's path is not unused then. */
  readonly isPartial?: boolean;
  readonly baseline?: { readonly content: Baseline; readonly at: string };
}

/** A comment speaks first, then the configuration, then the baseline; the first that accepts a finding is told. */
export function suppress(report: CheckReport, accepted: Accepted): CheckReport {
  const { comments, exemptions, baseline, matches, named, today, isPartial = false } = accepted;
  const wrong = comments.flatMap((comment) => {
    const message = whatIsWrong(comment, matches);
    return message === undefined ? [] : [{ ...comment, message }];
  });
  const suppressors: readonly Suppressor[] = [
    ...comments
      .filter((comment) => isSuppression(comment, matches))
      .map((comment) => commentSuppressor(comment, matches)),
    ...exemptions
      .filter((exemption) => !isExpired(exemption, today))
      .filter((exemption) => !isPartial || isInSight(exemption, report.pods, accepted))
      .map((exemption) => exemptionSuppressor(exemption, accepted)),
  ];
  const known = baseline === undefined ? [] : baselineSuppressors(baseline.content, baseline.at);
  if (suppressors.length + known.length + comments.length + exemptions.length === 0) return report;
  const knownBy = new Map(known.map((one) => [one.fingerprint, one]));
  const over = exemptions
    .filter((one) => isExpired(one, today))
    .map((one) => ({ ...exemptionSuppressor(one, accepted), suppression: expired(one) }));
  const used = new Set<Suppressor>();
  const markKnown = (finding: CheckFinding): CheckFinding => {
    const before = knownBy.get(finding.fingerprint);
    return before === undefined ? finding : marked(finding, [before], used);
  };
  const judged = report.pods.map((pod) => {
    const findings = pod.findings.map((finding) => {
      const before = knownBy.get(finding.fingerprint);
      const accepting = suppressors.filter(({ accepts }) => accepts(finding, pod));
      const by = before === undefined ? accepting : [...accepting, before];
      if (by.length > 0) return marked(finding, by, used);
      const was = over.find(({ accepts }) => accepts(finding, pod));
      return was === undefined ? finding : { ...finding, expired: was.suppression };
    });
    return { ...pod, findings };
  });
  const pods = withWrongComments(judged, wrong, (comment) =>
    markKnown(wrongComment(comment, comment.message, named(comment.file))),
  );
  const files = new Set(report.pods.map(({ source }) => named(source.file)));
  const unused = [...suppressors, ...known.filter(({ file }) => files.has(file))].filter(
    (one) => !used.has(one),
  );
  return {
    ...report,
    pods,
    unusedSuppressions: [
      ...report.unusedSuppressions,
      ...unused.map(({ suppression }) => suppression),
      ...over.map(({ suppression }) => suppression),
      ...elsewhere(pods, wrong),
    ],
  };
}

interface WrongComment extends SuppressionComment {
  readonly message: string;
}

function marked(
  finding: CheckFinding,
  accepting: readonly Suppressor[],
  used: Set<Suppressor>,
): CheckFinding {
  for (const one of accepting) used.add(one);
  const [first] = accepting;
  return first === undefined ? finding : { ...finding, suppressed: first.suppression };
}

function expired({ reason, at, expires }: Exemption): Suppression {
  return { by: "config", reason, at, ...(expires === undefined ? {} : { expired: expires }) };
}

/** Only the baseline accepts these. A comment that accepts nothing, or names what is no finding, is told with the pod of its document. */
function withWrongComments(
  pods: readonly CheckedPod[],
  wrong: readonly WrongComment[],
  findingOf: (comment: WrongComment) => CheckFinding,
): CheckedPod[] {
  return pods.map((pod) => {
    const own = wrong.filter((comment) => podOf(pods, comment) === pod).map(findingOf);
    return own.length === 0 ? pod : { ...pod, findings: [...pod.findings, ...own] };
  });
}

/** The last pod of its file that begins before what the comment speaks of. */
function podOf(
  pods: readonly CheckedPod[],
  { file, at }: SuppressionComment,
): CheckedPod | undefined {
  const own = pods.filter(({ source }) => source.file === file);
  return own.findLast(({ source }) => source.line <= at.line) ?? own[0];
}

/** In a file without any pod. */
function elsewhere(pods: readonly CheckedPod[], wrong: readonly WrongComment[]): Suppression[] {
  return wrong
    .filter((comment) => podOf(pods, comment) === undefined)
    .map((comment) => ({
      by: "comment",
      reason: comment.message,
      at: `${comment.file}:${comment.at.line}`,
    }));
}
