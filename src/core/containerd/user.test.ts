import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../rules/world.ts";
import { containerd } from "./containerd.ts";

const PASSWD = "root:x:0:0\napp:x:1234:1234\nodd:x:7:4294967297\ntwin:x:1234:9\n";
const GROUP =
  "root:x:0:\nwheel:x:10:root,app\napp:x:1234:app\nextra:x:5000:app,twin\nbig:x:-1:app\n";
const MOUNT = "/var/lib/containerd/tmpmounts/containerd-mount<ID>";

/** USER, version, and uid:gid with the additional groups, or the error behind its prefix. */
const ROWS: readonly (readonly [string, `${number}.${number}`, string])[] = [
  ["", "2.1", "0:0 0,10"],
  ["0", "2.1", "0:0 0,10"],
  ["app", "2.1", "1234:1234 10,1234,5000,4294967295"],
  ["app", "1.6", "1234:1234 10,1234"],
  ["1234", "2.1", "1234:1234 10,1234,5000,4294967295"],
  ["1000", "2.1", "1000:0 0"],
  ["1000:3000", "2.1", "1000:3000 3000"],
  ["1234:3000", "2.1", "1234:3000 10,3000,5000,4294967295"],
  ["app:wheel", "2.1", "1234:10 10,5000,4294967295"],
  ["app:", "2.1", "1234:0 0,10,5000,4294967295"],
  [":wheel", "2.1", "0:10 10"],
  ["odd", "2.1", "7:1 1"],
  ["nobody", "2.1", `mount callback failed on ${MOUNT}: no users found`],
  ["app:nobody", "2.1", `mount callback failed on ${MOUNT}: no groups found`],
  ["2147483648", "2.1", 'invalid USER value "2147483648": uid out of range'],
  ["99999999999999999999", "2.1", 'invalid USER value "99999999999999999999": uid out of range'],
  ["1:-1", "2.1", 'invalid USER value "1:-1": gid out of range'],
  ["2147483648", "1.7", `mount callback failed on ${MOUNT}: no users found`],
  ["1:2147483648", "1.7", `mount callback failed on ${MOUNT}: no groups found`],
];

for (const [user, version, expected] of ROWS) {
  test(`containerd ${version}, USER ${JSON.stringify(user)}: ${expected}`, () => {
    const world = composeWorld({ runtime: { name: "containerd", version } });
    const image = { user, passwd: PASSWD, group: GROUP };
    const { out } = containerd({ sandbox: {}, container: {}, image }, world);
    const ids = out.spec?.process?.user;
    const prefix = "rpc error: code = Unknown desc = failed to create containerd container: ";
    assert.equal(
      out.error?.replace(prefix, "") ?? `${ids?.uid}:${ids?.gid} ${ids?.additionalGids?.join(",")}`,
      expected,
    );
  });
}

test("a missing file: a name is refused, a number is not", () => {
  const rows = [
    ["1.7", "open"],
    ["2.1", "stat"],
  ] as const;
  for (const [version, call] of rows) {
    const world = composeWorld({ runtime: { name: "containerd", version } });
    const error = (user: string) =>
      containerd({ sandbox: {}, container: {}, image: { user } }, world).out.error;
    assert.equal(
      error("app"),
      `rpc error: code = Unknown desc = failed to create containerd container: mount callback failed on ${MOUNT}: ${call} ${MOUNT}/etc/passwd: no such file or directory`,
    );
    assert.equal(error("5"), undefined);
  }
});

test("a sandbox with a user has no groups but the primary one", () => {
  const security_context = { run_as_user: { value: "9" }, supplemental_groups: ["4"] };
  const { out } = containerd(
    { sandbox: { security_context }, container: {}, image: { user: "" } },
    composeWorld({}),
  );
  assert.deepEqual(out.sandboxSpec?.process?.user, { uid: 9, gid: 0, additionalGids: [0] });
});
