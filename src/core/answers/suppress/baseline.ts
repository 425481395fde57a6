// The baseline: findings that were there when it was written, so that only new ones count.
import type { CheckReport } from "../checked.ts";
import type { Suppressor } from "./suppressor.ts";

export interface BaselineEntry {
  readonly fingerprint: string;
  /** For people who read the file; the fingerprint alone decides. */
  readonly id: string;
  readonly file: string;
  readonly workload: string;
  readonly container?: string;
}
export interface Baseline {
  readonly version: 1;
  readonly findings: readonly BaselineEntry[];
}

/** What is found and not accepted otherwise, files by their names; sorted, so that its differences are those of the findings. */
export function baselineOf({ pods }: CheckReport, named: (file: string) => string): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const { workload, findings } of pods) {
    for (const { fingerprint, id, file, container, suppressed } of findings) {
      if (suppressed !== undefined && suppressed.by !== "baseline") continue;
      entries.set(fingerprint, {
        ...{ fingerprint, id, file: named(file) },
        workload: `${workload.kind} ${workload.namespace}/${workload.name}`,
        ...(container === undefined ? {} : { container }),
      });
    }
  }
  const findings = [...entries.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { version: 1, findings };
}

function keyOf({ file, workload, id, container = "", fingerprint }: BaselineEntry): string {
  return [file, workload, id, container, fingerprint].join("\0");
}

/** @throws TypeError in the words for a person, when it is no baseline */
export function parseBaseline(value: unknown): Baseline {
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  if (version !== 1 || !Array.isArray(findings)) {
    throw new TypeError("it is no baseline of secctx: write one with --write-baseline");
  }
  const wrong = findings.findIndex(
    (one) => typeof one !== "object" || one === null || typeof one.fingerprint !== "string",
  );
  if (wrong >= 0) throw new TypeError(`its finding ${wrong + 1} has no fingerprint`);
  return { version, findings };
}

export interface KnownFinding extends Suppressor {
  readonly fingerprint: string;
  /** It is told as unused only where that file was read. */
  readonly file: string;
}

/** @param at the baseline's file */
export function baselineSuppressors({ findings }: Baseline, at: string): KnownFinding[] {
  return findings.map(({ fingerprint, id, file, workload, container }) => {
    const who = container === undefined ? workload : `${workload}, container ${container}`;
    return {
      fingerprint,
      file,
      suppression: { by: "baseline", reason: `known before: ${id} of ${who}`, at },
      accepts: (finding) => finding.fingerprint === fingerprint,
    };
  });
}
