import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanPath, joinPath } from "./paths.ts";

test("paths are cleaned as Go's path.Clean does", () => {
  const rows: [string, string][] = [
    ["", "."],
    ["/", "/"],
    ["//a//b/", "/a/b"],
    ["a/./b/../c", "a/c"],
    ["../a", "../a"],
    ["a/../../b", "../b"],
    ["/../a", "/a"],
    ["<root>/seccomp/../up/p.json", "<root>/up/p.json"],
  ];
  for (const [path, expected] of rows) assert.equal(cleanPath(path), expected, path);
});

test("empty steps are left out of a join", () => {
  assert.equal(joinPath("", ""), "");
  assert.equal(joinPath("/var/lib/kubelet", "seccomp", ""), "/var/lib/kubelet/seccomp");
  assert.equal(
    joinPath("/var/lib/kubelet", "seccomp", "a/b.json"),
    "/var/lib/kubelet/seccomp/a/b.json",
  );
});
