import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { atoi, parseGroup, parsePasswd, toUint32 } from "./passwd.ts";

test("passwd: blank lines skipped, missing and odd fields taken as Go's Atoi leaves them", () => {
  const text =
    "root:x:0:0:root:/root:/bin/sh\n\n  app:x:1234:1234::/home/app  \nshort\nodd:x:many:-5\n";
  assert.deepEqual(parsePasswd(text), [
    { name: "root", uid: 0, gid: 0, home: "/root" },
    { name: "app", uid: 1234, gid: 1234, home: "/home/app" },
    { name: "short", uid: 0, gid: 0, home: "" },
    { name: "odd", uid: 0, gid: -5, home: "" },
  ]);
});

test("a comment is a user of that name: nothing is skipped for it", () => {
  assert.deepEqual(parsePasswd("#x:x:7:7"), [{ name: "#x", uid: 7, gid: 7, home: "" }]);
});

test("group: members split at commas", () => {
  assert.deepEqual(
    parseGroup("root:x:0:\nwheel:x:10:root,app\nodd:x:99999999999999999999:a,,b\n"),
    [
      { name: "root", gid: 0, members: [] },
      { name: "wheel", gid: 10, members: ["root", "app"] },
      { name: "odd", gid: 9223372036854775807n, members: ["a", "", "b"] },
    ],
  );
});

test("atoi reads 64 bits, and nothing but digits with a sign", () => {
  const rows: readonly (readonly [string, ReturnType<typeof atoi>])[] = [
    ["0", 0],
    ["+7", 7],
    ["-5", -5],
    ["9007199254740993", 9007199254740993n],
    ["9223372036854775808", "range"],
    ["", undefined],
    ["1000:3000", undefined],
    ["0x10", undefined],
    [" 1", undefined],
    ["1_000", undefined],
  ];
  for (const [text, value] of rows) assert.equal(atoi(text), value, text);
});

test("uint32 wraps as Go converts", () => {
  assert.equal(toUint32(-1), 4294967295);
  assert.equal(toUint32(4294967296), 0);
  assert.equal(toUint32(9223372036854775807n), 4294967295);
});

test("any text is read without an error", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parsePasswd(text);
      parseGroup(text);
    }),
  );
});
