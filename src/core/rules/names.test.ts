import assert from "node:assert/strict";
import { test } from "node:test";
import { isDNS1123Label, isDNS1123Subdomain, isLabelKey, isLabelValue } from "./names.ts";

const VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const KEY =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

test("label values", () => {
  for (const value of ["", "a", "v1.25", "A_b-c.9"]) assert.deepEqual(isLabelValue(value), []);
  for (const value of [" v1.25", "-a", "a.", "a/b", "ä"]) {
    assert.deepEqual(isLabelValue(value), [VALUE]);
  }
  assert.deepEqual(isLabelValue("a".repeat(64)), ["must be no more than 63 bytes"]);
});

test("label keys", () => {
  for (const key of ["a", "pod-security.kubernetes.io/enforce"])
    assert.deepEqual(isLabelKey(key), []);
  assert.deepEqual(isLabelKey(""), ["name part must be non-empty", `name part ${KEY}`]);
  assert.deepEqual(isLabelKey("/a"), ["prefix part must be non-empty"]);
  assert.deepEqual(isLabelKey("A/b"), [`prefix part ${SUBDOMAIN}`]);
  assert.deepEqual(isLabelKey("a/b/c"), [
    `a valid label key ${KEY} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
  ]);
});

test("names", () => {
  assert.deepEqual(isDNS1123Label("my-ns"), []);
  assert.deepEqual(isDNS1123Label("my.ns"), ["must not contain dots"]);
  assert.deepEqual(isDNS1123Label("My"), [LABEL]);
  assert.deepEqual(isDNS1123Label(`${"a".repeat(63)}é`), ["must be no more than 63 bytes", LABEL]);
  assert.deepEqual(isDNS1123Subdomain("a.b-c"), []);
  assert.deepEqual(isDNS1123Subdomain("a..b"), [SUBDOMAIN]);
});
