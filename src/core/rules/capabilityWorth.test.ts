import assert from "node:assert/strict";
import { test } from "node:test";
import type { OciSpec } from "../model/oci.ts";
import { DEFAULT_WORLD } from "../model/world.ts";
import { type CapabilityWorth, capabilityWorth } from "./capabilityWorth.ts";

const NAME = "CAP_NET_BIND_SERVICE";

function spec(uid: number, noNewPrivileges: boolean, ambient = false): OciSpec {
  const names = [NAME];
  const sets = { bounding: names, effective: names, permitted: names };
  return {
    process: {
      user: { uid, gid: uid },
      noNewPrivileges,
      capabilities: ambient ? { ...sets, inheritable: names, ambient: names } : sets,
    },
  };
}

const ROWS: readonly (readonly [string, OciSpec, CapabilityWorth])[] = [
  ["root", spec(0, false), worth(true, true, true, true)],
  ["root, no_new_privs", spec(0, true), worth(true, true, true, true)],
  [
    "non-root: lost, but for files that bring it",
    spec(1000, false),
    worth(false, true, true, true),
  ],
  [
    "non-root, no_new_privs: only the container's own program, whose file carries it",
    spec(1000, true),
    worth(false, true, false, false),
  ],
  ["ambient", spec(1000, true, true), worth(true, true, true, true)],
];

function worth(
  plain: boolean,
  fileCapabilities: boolean,
  fileCapabilitiesOfChild: boolean,
  setuidRoot: boolean,
): CapabilityWorth {
  return { plain, fileCapabilities, fileCapabilitiesOfChild, setuidRoot };
}

for (const [name, input, expected] of ROWS) {
  test(name, () => assert.deepEqual(capabilityWorth(input, NAME, DEFAULT_WORLD), expected));
}

test("a name that a runtime writes into the spec but no kernel knows is worth nothing", () => {
  const junk = "CAP_NET_BIND";
  const input: OciSpec = {
    process: { user: { uid: 0, gid: 0 }, capabilities: { bounding: [junk], permitted: [junk] } },
  };
  assert.deepEqual(capabilityWorth(input, junk, DEFAULT_WORLD), worth(false, false, false, false));
});
