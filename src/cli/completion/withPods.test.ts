import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundPod } from "../../lifecycle/detachedPods.ts";
import { execCommand } from "../commands/exec.ts";
import { logsCommand } from "../commands/logs.ts";
import { psCommand } from "../commands/ps.ts";
import { stopCommand } from "../commands/stop.ts";
import { candidatesFor } from "./candidates.ts";
import { withPods } from "./withPods.ts";

const PODS = [
  { name: "web", namespace: "shop", id: "web-1", containers: ["app", "proxy"] },
  { name: "web", namespace: "default", id: "web-2", containers: ["app"] },
  { name: "db", namespace: "default", id: "db-1", containers: ["main"] },
] as unknown as readonly FoundPod[];
const COMMANDS = [execCommand, logsCommand, psCommand, stopCommand];

for (const [line, expected] of [
  ["logs ", ["web", "db"]],
  ["logs w", ["web"]],
  ["logs web ", ["app", "proxy"]],
  ["logs db m", ["main"]],
  ["logs web -c p", ["proxy"]],
  ["exec db -c ", ["main"]],
  ["stop web d", ["db"]],
  ["ps ", []],
  ["ps -n ", ["shop", "default"]],
  ["logs -n shop ", ["web"]],
  ["stop --namespace=shop ", ["web"]],
  ["exec web --namespace default -c ", ["app"]],
] as const) {
  test(`secctx ${line}`, () => {
    const words = line.split(" ");
    const { values } = candidatesFor(
      words,
      withPods(words, COMMANDS, () => PODS),
    );
    assert.deepEqual(
      values.map(({ value }) => value),
      expected,
    );
  });
}
