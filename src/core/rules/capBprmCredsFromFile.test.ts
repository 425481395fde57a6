import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Credentials } from "../model/credentials.ts";
import { capBprmCredsFromFile, type ExecutedFile } from "./capBprmCredsFromFile.ts";

const NBS = 0x400n;
const PLAIN: ExecutedFile = { setuid: false };
const SETCAP: ExecutedFile = {
  setuid: false,
  capabilities: { permitted: NBS, inheritable: 0n, effective: true },
};
const SETUID: ExecutedFile = { setuid: true };

function process(part: Partial<Credentials> & { readonly user?: number } = {}): Credentials {
  const { user = 1000, ...rest } = part;
  const id = { real: user, effective: user, saved: user };
  return {
    uid: id,
    gid: id,
    groups: [],
    inheritable: 0n,
    permitted: 0n,
    effective: 0n,
    bounding: NBS,
    ambient: 0n,
    noNewPrivs: false,
    ...rest,
  };
}

/** Measured on Linux 6.18 with a helper that makes runc's calls (uid 1000, bounding has the capability). */
const MEASURED: readonly (readonly [string, Partial<Credentials>, ExecutedFile, bigint])[] = [
  ["plain, nothing permitted", {}, PLAIN, 0n],
  ["plain: an added capability vanishes", { permitted: NBS }, PLAIN, 0n],
  ["setcap", {}, SETCAP, NBS],
  ["setcap, permitted", { permitted: NBS }, SETCAP, NBS],
  ["setcap under no_new_privs", { noNewPrivs: true }, SETCAP, 0n],
  ["setcap under no_new_privs, permitted", { noNewPrivs: true, permitted: NBS }, SETCAP, NBS],
  ["setuid root", { permitted: NBS }, SETUID, NBS],
  ["setuid root under no_new_privs", { noNewPrivs: true, permitted: NBS }, SETUID, 0n],
];
for (const [name, part, file, expected] of MEASURED) {
  test(name, () => {
    const after = capBprmCredsFromFile(process(part), file);
    assert.equal(after?.permitted, expected);
    assert.equal(after?.effective, expected);
  });
}

test("setuid root: the effective and saved uid, and only they", () => {
  assert.deepEqual(capBprmCredsFromFile(process(), SETUID)?.uid, {
    real: 1000,
    effective: 0,
    saved: 0,
  });
  assert.deepEqual(
    capBprmCredsFromFile(process({ noNewPrivs: true }), SETUID)?.uid.effective,
    1000,
  );
});

test("+ep outside the bounding set is EPERM, +p is not", () => {
  const old = process({ bounding: 0n });
  const permittedOnly = { permitted: NBS, inheritable: 0n, effective: false };
  assert.equal(capBprmCredsFromFile(old, SETCAP), undefined);
  assert.equal(capBprmCredsFromFile({ ...old, noNewPrivs: true }, SETCAP), undefined);
  const after = capBprmCredsFromFile(old, { setuid: false, capabilities: permittedOnly });
  assert.equal(after?.permitted, 0n);
});

test("root gets the bounding set whatever was permitted, unless no_new_privs", () => {
  assert.equal(capBprmCredsFromFile(process({ user: 0 }), PLAIN)?.effective, NBS);
  assert.equal(capBprmCredsFromFile(process({ user: 0, noNewPrivs: true }), PLAIN)?.effective, 0n);
});

test("ambient survives a plain exec and ends with file capabilities or a setuid file", () => {
  const old = process({ ambient: NBS, inheritable: NBS, permitted: NBS });
  assert.equal(capBprmCredsFromFile(old, PLAIN)?.effective, NBS);
  assert.equal(capBprmCredsFromFile(old, SETCAP)?.ambient, 0n);
  assert.equal(capBprmCredsFromFile(old, SETUID)?.ambient, 0n);
});

test("inheritable alone gives nothing without the file's consent", () => {
  const old = process({ inheritable: NBS, bounding: 0n });
  assert.equal(capBprmCredsFromFile(old, PLAIN)?.permitted, 0n);
  const consenting = { permitted: 0n, inheritable: NBS, effective: true };
  const after = capBprmCredsFromFile(old, { setuid: false, capabilities: consenting });
  assert.equal(after?.effective, NBS);
});

const set = fc.bigInt({ min: 0n, max: (1n << 41n) - 1n });
const anyProcess = fc.record({
  user: fc.constantFrom(0, 1000),
  permitted: set,
  inheritable: set,
  bounding: set,
  noNewPrivs: fc.boolean(),
});
const anyFile = fc.record({
  setuid: fc.boolean(),
  capabilities: fc.option(
    fc.record({ permitted: set, inheritable: set, effective: fc.boolean() }),
    { nil: undefined },
  ),
});

test("under no_new_privs an exec never gains a capability", () => {
  fc.assert(
    fc.property(anyProcess, anyFile, (part, file) => {
      const old = process({ ...part, noNewPrivs: true });
      const after = capBprmCredsFromFile(old, file);
      return after === undefined || (after.permitted & ~old.permitted) === 0n;
    }),
  );
});

test("effective is within permitted, and nothing comes from outside bounding and inheritable", () => {
  fc.assert(
    fc.property(anyProcess, anyFile, (part, file) => {
      const old = process(part);
      const after = capBprmCredsFromFile(old, file);
      if (after === undefined) return true;
      const possible = old.bounding | old.inheritable;
      return (after.effective & ~after.permitted) === 0n && (after.permitted & ~possible) === 0n;
    }),
  );
});
