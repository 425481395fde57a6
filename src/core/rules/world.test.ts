import assert from "node:assert/strict";
import { test } from "node:test";
import { composeWorld, WorldError } from "./world.ts";

test("the default is the newest Kubernetes on containerd 2.1 with its features", () => {
  const world = composeWorld({});
  assert.equal(world.kubernetes, "v1.37");
  assert.deepEqual(world.runtime.ociRuntime, { name: "runc", version: "1.3" });
  assert.equal(world.runtime.features?.userns, true);
});

test("an older containerd reports no features and comes with its runc", () => {
  const { runtime } = composeWorld({ runtime: { version: "1.7" } });
  assert.equal(runtime.features, null);
  assert.equal(runtime.ociRuntime.version, "1.1");
});

test("what the file tells wins over what the release implies", () => {
  const { runtime } = composeWorld({
    runtime: { version: "1.6", features: { userns: true }, ociRuntime: { version: "1.3" } },
  });
  assert.deepEqual(runtime.features, {
    userns: true,
    usernsHostNetwork: false,
    supplementalGroupsPolicy: false,
    recursiveReadOnlyMounts: false,
  });
  assert.deepEqual(runtime.ociRuntime, { name: "runc", version: "1.3" });
});

test("a line's world merges over the command's", () => {
  const base = composeWorld({ runtime: { name: "containerd", version: "1.6" } });
  const world = composeWorld({ node: { seccompDefault: true } }, base);
  assert.equal(world.runtime.version, "1.6");
  assert.equal(world.node.seccompDefault, true);
  assert.equal(world.runtime.features, null);
});

test("dockershim implies 1.23 and refuses a newer Kubernetes", () => {
  assert.equal(composeWorld({ runtime: { name: "dockershim" } }).kubernetes, "v1.23");
  assert.throws(() => composeWorld({ kubernetes: "v1.24", runtime: { name: "dockershim" } }), {
    message:
      "Kubernetes 1.24 has no dockershim: 1.24 removed it (--kubernetes 1.23, or --runtime docker)",
  });
});

test("versions and runtimes that nobody knows are refused", () => {
  const rows: [object, RegExp][] = [
    [{ kubernetes: "banana" }, /"banana" is no Kubernetes version/],
    [{ kubernetes: "1.99" }, /newer than the newest/],
    [{ runtime: { name: "rkt" } }, /unknown runtime "rkt"/],
    [{ runtime: { version: "two" } }, /"two" is no version of containerd/],
  ];
  for (const [file, message] of rows) {
    assert.throws(
      () => composeWorld(file),
      (error) => error instanceof WorldError && message.test(error.message),
    );
  }
});
