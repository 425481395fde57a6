import assert from "node:assert/strict";
import { test } from "node:test";
import type { OptionValues } from "./command.ts";
import { logsAsked } from "./logOptions.ts";

function refusal(options: OptionValues, inline?: string): string {
  try {
    logsAsked(options, inline);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const WRONG: readonly [OptionValues, string | undefined, string][] = [
  [
    { since: "1h", sinceTime: "2006-01-02T15:04:05Z" },
    undefined,
    "at most one of `sinceTime` or `sinceSeconds` may be specified",
  ],
  [{ since: "-1s" }, undefined, "--since must be greater than 0"],
  [{ since: "5" }, undefined, "--since 5: write a duration as 30s, 5m or 1h30m"],
  [{ since: "5s later" }, undefined, "--since 5s later: write a duration as 30s, 5m or 1h30m"],
  [
    { sinceTime: "yesterday" },
    undefined,
    "--since-time yesterday: write a time as 2026-11-28T18:00:00Z",
  ],
  [
    { sinceTime: "2006-13-02T15:04:05Z" },
    undefined,
    "--since-time 2006-13-02T15:04:05Z: write a time as 2026-11-28T18:00:00Z",
  ],
  [{ tail: "-100" }, undefined, "--tail must be greater than or equal to -1"],
  [{ tail: "ten" }, undefined, "--tail ten: write a number of lines"],
  [
    { allContainers: true },
    "c",
    "--all-containers=true should not be specified with container name c",
  ],
  [
    { allContainers: true, container: "c" },
    undefined,
    "--all-containers=true should not be specified with container name c",
  ],
  [{ container: "c" }, "d", "only one of -c or an inline [CONTAINER] arg is allowed"],
];

for (const [options, inline, message] of WRONG) {
  test(message, () => assert.equal(refusal(options, inline), message));
}

test("durations are read as Go reads them", () => {
  for (const [since, ms] of [
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["90s", 90_000],
    ["300ms", 300],
  ] as const) {
    assert.equal(logsAsked({ since }, undefined, 10_000_000).since, 10_000_000 - ms, since);
  }
});

test("-1 is all lines, and a container may be named behind the pod", () => {
  const asked = logsAsked({ tail: "-1" }, "c");
  assert.equal(asked.tail, undefined);
  assert.equal(asked.container, "c");
  assert.equal(logsAsked({ tail: "0" }, undefined).tail, 0);
});
