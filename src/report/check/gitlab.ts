// `check` as GitLab's code quality report: a subset of Code Climate's.
// @see docs.gitlab.com, Code Quality: report format
import type { CheckReport } from "../../core/answers/checked.ts";
import { hinted } from "./hinted.ts";

const SEVERITIES = { refusal: "critical", warning: "major", note: "info" } as const;

/** A JSON value: a list of what is not suppressed. Fingerprints are made unique within it, as GitLab asks. */
export function gitlabReport(report: CheckReport): object[] {
  const seen = new Map<string, number>();
  const findings = report.pods.flatMap((pod) => pod.findings);
  return findings
    .filter(({ suppressed }) => suppressed === undefined)
    .map((finding) => {
      const { id, fingerprint, severity, file, line = 1 } = finding;
      const before = seen.get(fingerprint) ?? 0;
      seen.set(fingerprint, before + 1);
      return {
        description: hinted(finding),
        check_name: id,
        fingerprint: before === 0 ? fingerprint : `${fingerprint}-${before}`,
        severity: SEVERITIES[severity],
        location: { path: file, lines: { begin: line } },
      };
    });
}
