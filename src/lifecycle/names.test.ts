import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNames } from "./names.ts";

test("names that would lead out of a folder, or that no API server lets through", () => {
  const rows: readonly [pod: string, container: string, good: boolean][] = [
    ["web", "c", true],
    ["web-1.example", "side-car", true],
    ["../../etc", "c", false],
    ["a/b", "c", false],
    ["", "c", false],
    ["a..b", "c", false],
    ["Bad_Name", "c", false],
    ["web", "../c", false],
    ["web", "a.b", false],
    ["web", "", false],
    ["web", "c".repeat(64), false],
  ];
  for (const [name, container, good] of rows) {
    const pod = { metadata: { name }, spec: { containers: [{ name: container }] } };
    if (good) checkNames(pod);
    else assert.throws(() => checkNames(pod), /is no name of a/, `${name} ${container}`);
  }
});
