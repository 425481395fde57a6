// One case on one engine: what happened, held against what upstream expects and against what secctx predicted.
import type { ObservedDifference } from "../../src/core/compare/compare.ts";
import type { Observation } from "../../src/core/model/observation.ts";
import { holdsIn } from "../../src/core/model/version.ts";
import type { World } from "../../src/core/model/world.ts";
import type { Case, Deviation, EngineUnderTest, Expected } from "./case.ts";

/** What came of a case, and what had been predicted. */
export interface Outcome {
  readonly world: World;
  /** Why it never ran, in the words of whoever refused; absent when it ran. */
  readonly refusal?: string;
  /** absent: the prediction was that it runs. */
  readonly predictedRefusal?: string;
  readonly exitCode?: number;
  readonly logs?: string;
  readonly predicted?: Observation;
  /** null: it could not be looked at. */
  readonly observed?: Observation | null;
  readonly differences?: readonly ObservedDifference[];
}

export interface Cell {
  readonly case: string;
  readonly origin: string;
  readonly engine: EngineUnderTest;
  /** `containerd 1.6`: whose rules applied. */
  readonly rulesOf: string;
  readonly verdict: "passes" | "deviates";
  /** Why it deviates. */
  readonly because?: string;
}

/** @throws when it is neither as upstream expects nor as secctx predicted */
export function judge(one: Case, engine: EngineUnderTest, outcome: Outcome): Cell {
  const { runtime } = outcome.world;
  const deviation = one.deviations?.find((row) => applies(row, engine, outcome.world));
  const problems = [
    ...mispredicted(outcome),
    ...unexpected(deviation?.expected ?? one.expected, outcome),
  ];
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return {
    ...{ case: one.name, origin: one.origin, engine },
    rulesOf: `${runtime.name} ${runtime.version}`,
    ...(deviation === undefined
      ? { verdict: "passes" }
      : { verdict: "deviates", because: deviation.because }),
  };
}

function applies(row: Deviation, engine: EngineUnderTest, { runtime, node }: World): boolean {
  if (row.engine !== engine) return false;
  if (row.without !== undefined && node.capabilities?.includes(row.without) !== false) return false;
  return row.releases === undefined || holdsIn(row.releases, runtime.version);
}

/** Where the machine did something else than secctx had said. */
function mispredicted(outcome: Outcome): string[] {
  const { refusal, predictedRefusal, predicted, observed, differences = [] } = outcome;
  if (refusal !== undefined || predictedRefusal !== undefined) {
    const [said, foretold] = [plain(refusal ?? "it ran"), plain(predictedRefusal ?? "it will run")];
    return said === foretold ? [] : [`predicted: ${foretold}\nobserved:  ${said}`];
  }
  if (predicted === undefined) return ["nothing was predicted"];
  if (!observed) return ["the process could not be looked at"];
  return differences.map(
    ({ field, ...values }) =>
      `${field}: predicted ${JSON.stringify(values.predicted)}, observed ${JSON.stringify(values.observed)}`,
  );
}

function unexpected(expected: Expected, outcome: Outcome): string[] {
  const { refusal, exitCode, logs = "", observed } = outcome;
  if ("refused" in expected) {
    return expected.refused.test(refusal ?? "")
      ? []
      : [`not refused with ${expected.refused}: ${refusal ?? `exit code ${exitCode}`}\n${logs}`];
  }
  const problems: string[] = [];
  if (refusal !== undefined) return [`refused: ${refusal}`];
  const isExpected =
    expected.exitCode === "not 0" ? exitCode !== 0 : exitCode === expected.exitCode;
  if (!isExpected) problems.push(`exit code ${exitCode}, not ${expected.exitCode}`);
  if (expected.logs && !expected.logs.test(logs)) problems.push(`no ${expected.logs} in the logs`);
  if (expected.notInLogs?.test(logs)) problems.push(`${expected.notInLogs} in the logs`);
  for (const [name, sharing] of Object.entries(expected.observed?.namespaces ?? {})) {
    const seen = observed?.namespaces[name as keyof Observation["namespaces"]];
    if (seen !== sharing) problems.push(`namespace ${name}: ${seen}, not ${sharing}`);
  }
  const hidden = new Set([...(observed?.maskedPaths ?? []), ...(observed?.absentPaths ?? [])]);
  for (const path of expected.observed?.masked ?? []) {
    if (!hidden.has(path)) problems.push(`${path} is not masked`);
  }
  for (const path of expected.observed?.readonly ?? []) {
    if (!observed?.readonlyPaths.includes(path)) problems.push(`${path} is not read-only`);
  }
  return problems.length === 0 ? [] : [...problems, logs];
}

/** Ids are drawn at random, and each client puts its own words before the runtime's. */
function plain(message: string): string {
  return message
    .replace(/^(Error response from daemon: |rpc error: code = \w+ desc = )/, "")
    .replace(/[0-9a-f]{64}|<(ID|CONTAINER|SANDBOX)>/g, "<ID>");
}
