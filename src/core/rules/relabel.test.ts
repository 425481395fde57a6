import assert from "node:assert/strict";
import { test } from "node:test";
import { relabelRefusal } from "./relabel.ts";

test("folders of the system are not relabelled", () => {
  assert.equal(relabelRefusal("/"), "SELinux relabeling of / is not allowed");
  assert.equal(relabelRefusal("/etc/"), "SELinux relabeling of /etc is not allowed");
  assert.equal(relabelRefusal("/var/lib"), "SELinux relabeling of /var/lib is not allowed");
});

test("anything below them is", () => {
  for (const path of ["/etc/app", "/srv/data", "/var/lib/app/", "/data"]) {
    assert.equal(relabelRefusal(path), undefined, path);
  }
});
