import assert from "node:assert/strict";
import { test } from "node:test";
import type { CriMount } from "../model/cri.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { containerd } from "./containerd.ts";

function mountsOf(mounts: readonly CriMount[], container = {}, world: WorldFile = {}) {
  const { out } = containerd(
    { sandbox: {}, image: { user: "" }, container, mounts },
    composeWorld(world),
  );
  assert.equal(out.step, "ok", out.error);
  return out.spec;
}

test("outer paths come first, and a request's mount takes the place of containerd's", () => {
  const mounts = [
    { container_path: "/a/b/c", host_path: "/1" },
    { container_path: "/etc//hosts/", host_path: "/2" },
    { container_path: "/z", host_path: "/3" },
    { container_path: "/sys", host_path: "/4" },
  ];
  const places = mountsOf(mounts)?.mounts?.map(
    ({ destination, source }) => `${destination} ${source}`,
  );
  assert.deepEqual(places?.slice(5), [
    "/z /3",
    "/sys /4",
    "/etc//hosts/ /2",
    "/etc/hostname /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>/hostname",
    "/etc/resolv.conf /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>/resolv.conf",
    "/dev/shm /run/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>/shm",
    "/a/b/c /1",
  ]);
});

test("a mount on /dev takes away everything below it", () => {
  const spec = mountsOf([{ container_path: "/dev", host_path: "/dev" }]);
  const below = spec?.mounts?.filter(({ destination }) => destination.startsWith("/dev"));
  assert.deepEqual(
    below?.map(({ destination, type }) => `${destination} ${type}`),
    ["/dev bind", "/dev/shm bind"],
  );
});

test("propagation, read-only and the root's propagation", () => {
  const rows: readonly (readonly [
    CriMount["propagation"] | undefined,
    string,
    string | undefined,
  ])[] = [
    [undefined, "rprivate", undefined],
    ["PROPAGATION_PRIVATE", "rprivate", undefined],
    ["PROPAGATION_HOST_TO_CONTAINER", "rslave", "rslave"],
    ["PROPAGATION_BIDIRECTIONAL", "rshared", "rshared"],
  ];
  for (const [propagation, option, root] of rows) {
    const mount = { container_path: "/d", host_path: "/h", readonly: true };
    const spec = mountsOf([propagation === undefined ? mount : { ...mount, propagation }]);
    const options = spec?.mounts?.find(({ destination }) => destination === "/d")?.options;
    assert.deepEqual(options, ["rbind", option, "ro"]);
    assert.equal(spec?.linux?.rootfsPropagation, root);
  }
});

test("recursively read-only where the release knows it, plainly read-only before", () => {
  const mount = {
    container_path: "/d",
    host_path: "/h",
    readonly: true,
    recursive_read_only: true,
  };
  const option = (version: `${number}.${number}`) =>
    mountsOf([mount], {}, { runtime: { name: "containerd", version } })
      ?.mounts?.find(({ destination }) => destination === "/d")
      ?.options?.at(-1);
  assert.equal(option("1.7"), "ro");
  assert.equal(option("2.0"), "rro");
});

test("the files of the sandbox follow the root filesystem, /dev/shm does not", () => {
  const spec = mountsOf([], { readonly_rootfs: true });
  const last = spec?.mounts
    ?.slice(-4)
    .map(({ destination, options }) => [destination, options?.at(-1)]);
  assert.deepEqual(last, [
    ["/etc/hostname", "ro"],
    ["/etc/hosts", "ro"],
    ["/etc/resolv.conf", "ro"],
    ["/dev/shm", "rw"],
  ]);
});
