import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld } from "../rules/world.ts";
import { docker } from "./docker.ts";

function ask(hostConfig: object) {
  const world = composeWorld({ runtime: { name: "docker" } });
  return docker({ config: {}, hostConfig: { ...hostConfig }, image: { user: "" } }, world).out;
}

const INVALID = "invalid volume specification: ";
const REFUSED: readonly (readonly [hostConfig: object, error: string])[] = [
  [{ Binds: ["/a:/b:ro:z"] }, `${INVALID}'/a:/b:ro:z'`],
  [{ Binds: ["/a:ro"] }, `${INVALID}'/a:ro'`],
  [{ Binds: [":/a"] }, `${INVALID}':/a'`],
  [{ Binds: ["/a:/b:ro,rw"] }, "invalid mode: ro,rw"],
  [{ Binds: ["/a:/b:bogus"] }, "invalid mode: bogus"],
  [
    { Binds: ["/a:b"] },
    `${INVALID}'/a:b': invalid mount config for type "bind": invalid mount path: 'b' mount path must be absolute`,
  ],
  [
    { Binds: ["/a:/"] },
    `${INVALID}'/a:/': invalid mount config for type "bind": invalid specification: destination can't be '/'`,
  ],
  [
    { Binds: ["vol:/b:rslave"] },
    `${INVALID}'vol:/b:rslave': invalid mount config for type "volume": field BindOptions must not be specified`,
  ],
  [
    { Binds: ["/a:/b:nocopy"] },
    `${INVALID}'/a:/b:nocopy': invalid mount config for type "bind": field VolumeOptions must not be specified`,
  ],
  [{ Binds: ["/a:/b", "/c:/b/"] }, "Duplicate mount point: /b"],
  [{ Binds: ["/a:/b"], Tmpfs: { "/b": "" } }, "Duplicate mount point: /b"],
  [{ Binds: ["/a:/b"], Mounts: [{ Type: "volume", Target: "/b" }] }, "Duplicate mount point: /b"],
  [
    { Mounts: [{ Type: "bind", Source: "/a" }] },
    'invalid mount config for type "bind": field Target must not be empty',
  ],
  [
    { Mounts: [{ Type: "bind", Target: "/a" }] },
    'invalid mount config for type "bind": field Source must not be empty',
  ],
  [
    { Mounts: [{ Type: "bind", Source: "a", Target: "/a" }] },
    "invalid mount config for type \"bind\": invalid mount path: 'a' mount path must be absolute",
  ],
  [
    { Mounts: [{ Type: "bind", Source: "/a", Target: "/a", BindOptions: { Propagation: "x" } }] },
    'invalid mount config for type "bind": invalid propagation mode: x',
  ],
  [
    { Mounts: [{ Type: "volume", Target: "/a", ReadOnly: true }] },
    'invalid mount config for type "volume": must not set ReadOnly mode when using anonymous volumes',
  ],
  [
    { Mounts: [{ Type: "tmpfs", Source: "a", Target: "/a" }] },
    'invalid mount config for type "tmpfs": field Source must not be specified',
  ],
  [
    { Mounts: [{ Type: "bogus", Target: "/a" }] },
    'invalid mount config for type "bogus": mount type unknown',
  ],
  [
    { Mounts: [{ Type: "volume", Target: "/a", BindOptions: {} }] },
    'BindOptions must not be specified on mount type "volume"',
  ],
];

for (const [hostConfig, error] of REFUSED) {
  test(`refused: ${JSON.stringify(hostConfig)}`, () => {
    assert.deepEqual(ask(hostConfig), { step: "create", error });
  });
}
