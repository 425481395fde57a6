import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ImageFacts } from "../model/world.ts";
import { type ImageStatusUser, imageStatusUser } from "./imageUser.ts";

const ROWS: readonly [ImageFacts, ImageStatusUser][] = [
  [{ user: "" }, {}],
  [{}, {}],
  [{ user: "1000" }, { uid: 1000 }],
  [{ user: "1000:3000" }, { uid: 1000 }],
  [{ user: "1000:" }, { uid: 1000 }],
  [{ user: ":3000" }, {}],
  [{ user: "app" }, { username: "app" }],
  [{ user: "app:extra:more" }, { username: "app" }],
  [{ user: "root" }, { username: "root" }],
  [{ user: "00" }, { uid: 0 }],
  [{ user: "-0" }, { uid: 0 }],
  [{ user: "+5" }, { uid: 5 }],
  [{ user: "-1" }, { uid: -1 }],
  [{ user: " 5" }, { username: " 5" }],
  [{ user: "5 " }, { username: "5 " }],
  [{ user: "0x10" }, { username: "0x10" }],
  [{ user: "1_000" }, { username: "1_000" }],
  [{ user: "4294967296" }, { uid: 4294967296 }],
  [{ user: "9223372036854775807" }, { uid: 9223372036854775807n }],
  [{ user: "-9223372036854775808" }, { uid: -9223372036854775808n }],
  [{ user: "9223372036854775808" }, { username: "9223372036854775808" }],
  [{ user: `${"0".repeat(50)}7` }, { uid: 7 }],
  [{ uid: 0 }, { uid: 0 }],
  [{ username: "app" }, { username: "app" }],
  [{ username: "" }, {}],
  [
    { uid: 5, username: "both", user: "9" },
    { uid: 5, username: "both" },
  ],
];

test("USER is a uid where Go's ParseInt reads it, else a name", () => {
  for (const [facts, expected] of ROWS) {
    assert.deepEqual(imageStatusUser(facts), expected, JSON.stringify(facts.user));
    assert.ok(!Object.is(imageStatusUser(facts).uid, -0));
  }
});

test("any text gives a uid or a name, never both", () => {
  fc.assert(
    fc.property(fc.string(), (user) => {
      const { uid, username } = imageStatusUser({ user });
      assert.ok(uid === undefined || username === undefined);
      assert.ok(username === undefined || !username.includes(":"));
    }),
  );
});
