import assert from "node:assert/strict";
import { test } from "node:test";
import { ipText, isVersion4InVersion6, parseIpSloppy } from "./ipAddress.ts";

test("addresses, as Go prints them", () => {
  const rows: readonly (readonly [string, string | undefined, boolean?])[] = [
    ["10.0.0.1", "10.0.0.1", true],
    ["010.0.0.1", "10.0.0.1", false],
    ["256.0.0.1", undefined],
    ["1.2.3", undefined],
    ["::", "::", true],
    ["::1", "::1", true],
    ["FE80:0:0:0:0:0:0:0abc", "fe80::abc", true],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3", true],
    ["1:2:3:4:5:6:7:00008", "1:2:3:4:5:6:7:8", false],
    ["::ffff:1.2.3.4", "1.2.3.4", true],
    ["1:2:3:4:5:6:7", undefined],
    ["1::2::3", undefined],
    ["fe80::1%eth0", undefined],
    ["", undefined],
    ["x", undefined],
  ];
  for (const [text, shown, isStrict] of rows) {
    const address = parseIpSloppy(text);
    assert.equal(address === undefined ? undefined : ipText(address), shown, text);
    if (isStrict !== undefined) assert.equal(address?.isStrict, isStrict, text);
  }
  const mapped = parseIpSloppy("::ffff:1.2.3.4");
  assert.ok(mapped !== undefined && isVersion4InVersion6(mapped));
});
