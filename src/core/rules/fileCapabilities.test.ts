import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPABILITIES } from "../tables/capabilities.ts";
import { toMask } from "./capabilitySet.ts";
import { parseFileCapabilities } from "./fileCapabilities.ts";

const CHOWN = toMask(["CAP_CHOWN"]);
const BOTH = toMask(["CAP_CHOWN", "CAP_KILL"]);

test("clauses as setcap takes them", () => {
  assert.deepEqual(parseFileCapabilities("cap_chown+ep"), {
    permitted: CHOWN,
    inheritable: 0n,
    effective: true,
  });
  assert.deepEqual(parseFileCapabilities("cap_chown,CAP_KILL=i"), {
    permitted: 0n,
    inheritable: BOTH,
    effective: false,
  });
  assert.deepEqual(parseFileCapabilities("=ep cap_kill-ep"), {
    permitted: toMask(CAPABILITIES.filter((name) => name !== "CAP_KILL")),
    inheritable: 0n,
    effective: true,
  });
});

test("text that libcap refuses", () => {
  for (const text of ["", "cap_chown", "cap_nope+ep", "+ep", "chown+ep", "cap_chown+x"]) {
    assert.equal(parseFileCapabilities(text), undefined, text);
  }
});
