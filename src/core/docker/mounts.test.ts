import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import type { NodeFacts } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { docker } from "./docker.ts";

interface Asked {
  readonly version?: Release;
  readonly node?: Partial<NodeFacts>;
  readonly config?: object;
}

function ask(hostConfig: object, { version = "28.5", node = {}, config = {} }: Asked = {}) {
  const world = composeWorld({ runtime: { name: "docker", version }, node });
  return docker(
    { config: { ...config }, hostConfig: { ...hostConfig }, image: { user: "" } },
    world,
  ).out;
}

/** `destination type options` of the mounts, those that every container has by their number. */
function mounts(hostConfig: object, asked?: Asked): string[] {
  const { spec, error } = ask(hostConfig, asked);
  assert.equal(error, undefined);
  return (spec?.mounts ?? []).map(
    ({ destination, type, options = [] }) => `${destination} ${type} ${options.join()}`,
  );
}

const NETWORK = [
  "/etc/resolv.conf bind rbind,rprivate",
  "/etc/hostname bind rbind,rprivate",
  "/etc/hosts bind rbind,rprivate",
];
const SHM = "/dev/shm tmpfs nosuid,noexec,nodev,mode=1777,size=67108864";
const SHARED_SHM = "/dev/shm bind rbind,rprivate";

test("what every container has", () => {
  const all = mounts({});
  assert.deepEqual(all.slice(6), [SHM, ...NETWORK]);
  assert.deepEqual(all.slice(3, 5), [
    "/sys sysfs nosuid,noexec,nodev,ro",
    "/sys/fs/cgroup cgroup ro,nosuid,noexec,nodev",
  ]);
});

test("/dev/shm by the mode of IPC", () => {
  assert.deepEqual(
    mounts({ IpcMode: "private", ShmSize: 4096 }).at(6),
    SHM.replace("67108864", "4096"),
  );
  assert.deepEqual(mounts({ IpcMode: "none" }).slice(6), NETWORK);
  for (const IpcMode of ["shareable", "host", "container:0123456789ab"]) {
    assert.deepEqual(mounts({ IpcMode }).slice(6), [SHARED_SHM, ...NETWORK]);
    assert.deepEqual(mounts({ IpcMode }, { version: "20.10" }).slice(6), [...NETWORK, SHARED_SHM]);
  }
  const Tmpfs = { "/dev/shm": "size=1k" };
  assert.equal(
    mounts({ IpcMode: "host", Tmpfs }).filter((mount) => mount.startsWith("/dev/shm")).length,
    1,
  );
});

test("privileged: /sys and the cgroups are writable", () => {
  assert.deepEqual(mounts({ Privileged: true }).slice(3, 5), [
    "/sys sysfs nosuid,noexec,nodev",
    "/sys/fs/cgroup cgroup nosuid,noexec,nodev",
  ]);
});

test("writable cgroups are what 28.5 is told, whatever privileged says", () => {
  const cgroup = (hostConfig: object) => mounts(hostConfig)[4];
  const isWritable = "/sys/fs/cgroup cgroup nosuid,noexec,nodev";
  assert.equal(cgroup({ SecurityOpt: ["writable-cgroups"] }), isWritable);
  assert.equal(cgroup({ SecurityOpt: ["writable-cgroups=true"] }), isWritable);
  assert.equal(
    cgroup({ Privileged: true, SecurityOpt: ["writable-cgroups=false"] }),
    "/sys/fs/cgroup cgroup ro,nosuid,noexec,nodev",
  );
});

test("a tmpfs: of options that contradict each other the later one", () => {
  const tmpfs = (options: string) => mounts({ Tmpfs: { "/tmp": options } })[7];
  assert.equal(tmpfs(""), "/tmp tmpfs noexec,nosuid,nodev,rprivate");
  assert.equal(tmpfs("rw,exec,size=1m"), "/tmp tmpfs nosuid,nodev,rprivate,rw,exec,size=1m");
  assert.equal(tmpfs("size=1m,size=2m,rshared"), "/tmp tmpfs noexec,nosuid,nodev,size=2m,rshared");
  assert.equal(ask({ Tmpfs: { "/tmp": "a=b" } }).error, 'invalid tmpfs option ["a" "b"]');
  assert.equal(
    ask({ Tmpfs: { "/tmp": "bogus" } }, { version: "20.10" }).error,
    'Invalid tmpfs option ["bogus"]',
  );
  assert.equal(
    ask({ Tmpfs: { "/": "" } }).error,
    "invalid specification: destination can't be '/'",
  );
  assert.equal(
    ask({ Tmpfs: { tmp: "" } }).error,
    "invalid mount path: 'tmp' mount path must be absolute",
  );
});

test("binds: shallow destinations first, over the defaults, read-only as the host can", () => {
  const Binds = ["/srv/a:/x/y/z:ro", "/srv/b:/data:rw,rshared", "vol:/vol:z", "/srv/d:/dev"];
  assert.deepEqual(mounts({ Binds }), [
    "/proc proc nosuid,noexec,nodev",
    "/sys sysfs nosuid,noexec,nodev,ro",
    "/sys/fs/cgroup cgroup ro,nosuid,noexec,nodev",
    "/data bind rbind,rshared",
    "/vol bind rbind",
    "/dev bind rbind,rprivate",
    ...NETWORK,
    "/x/y/z bind rbind,rro,rprivate",
  ]);
  const one = { Binds: ["/srv/a:/a:ro"] };
  const readOnly = (asked: Asked) => mounts(one, asked)[7];
  assert.equal(readOnly({ version: "26.1" }), "/a bind rbind,rro,rprivate");
  assert.equal(readOnly({ version: "20.10" }), "/a bind rbind,ro,rprivate");
  assert.equal(readOnly({ node: { kernel: "5.10" } }), "/a bind rbind,ro,rprivate");
});

test("a read-only root: the network's files are read-only, and a mount over one of them decides itself", () => {
  const hostConfig = { ReadonlyRootfs: true, Binds: ["/srv/hosts:/etc/hosts"] };
  const { spec } = ask(hostConfig);
  assert.equal(spec?.root?.readonly, true);
  assert.deepEqual(mounts(hostConfig).slice(7), [
    "/etc/resolv.conf bind rbind,rro,rprivate",
    "/etc/hostname bind rbind,rro,rprivate",
    "/etc/hosts bind rbind,rprivate",
  ]);
  assert.equal(spec?.mounts?.at(-1)?.source, "/srv/hosts");
});

test("mounts as objects, and volumes of the image", () => {
  const Mounts = [
    { Type: "bind", Source: "/a", Target: "/b", BindOptions: { NonRecursive: true } },
    { Type: "tmpfs", Target: "/t", ReadOnly: true, TmpfsOptions: { SizeBytes: 3072, Mode: 448 } },
    { Type: "bind", Source: "/r", Target: "/r", ReadOnly: true, BindOptions: RO_HERE },
  ];
  const config = { Volumes: { "/v/": {}, "/b": {} } };
  assert.deepEqual(mounts({ Mounts }, { config }).slice(7), [
    "/t tmpfs noexec,nosuid,nodev,rprivate,ro,mode=700,size=3k",
    "/b bind bind,rprivate",
    "/r bind rbind,ro,rprivate",
    "/v bind rbind",
    ...NETWORK,
  ]);
});
const RO_HERE = { ReadOnlyNonRecursive: true };

test("what holds the daemon's folder lets its mounts go, and the root with it", () => {
  const rooted = (bind: string) => ask({ Binds: [bind] });
  assert.deepEqual(rooted("/var:/h").spec?.mounts?.[7]?.options, ["rbind", "rslave"]);
  assert.equal(rooted("/var:/h").spec?.linux?.rootfsPropagation, "rslave");
  assert.equal(rooted("/srv:/h:shared").spec?.linux?.rootfsPropagation, "shared");
  assert.equal(rooted("/srv:/h").spec?.linux?.rootfsPropagation, undefined);
  assert.equal(
    rooted("/:/h:private").error,
    'invalid mount config: must use either propagation mode "rslave" or "rshared" when mount source is within the daemon root, daemon root: "/var/lib/docker", bind mount source: "/", propagation: "private"',
  );
});

test("recursion that contradicts itself", () => {
  const bind = (options: object, ReadOnly = false) =>
    ask({ Mounts: [{ Type: "bind", Source: "/a", Target: "/b", ReadOnly, BindOptions: options }] });
  const conflict = "mount options conflict: ";
  assert.equal(
    bind({ ReadOnlyNonRecursive: true }).error,
    `${conflict}!ReadOnly && BindOptions.ReadOnlyNonRecursive`,
  );
  assert.equal(
    bind({ ReadOnlyForceRecursive: true }).error,
    `${conflict}!ReadOnly && BindOptions.ReadOnlyForceRecursive`,
  );
  assert.equal(
    bind({ ReadOnlyNonRecursive: true, ReadOnlyForceRecursive: true }, true).error,
    `${conflict}ReadOnlyNonRecursive && BindOptions.ReadOnlyForceRecursive`,
  );
});

test("recursion that is asked for and cannot be had", () => {
  const Mounts = [
    {
      Type: "bind",
      Source: "/a",
      Target: "/b",
      ReadOnly: true,
      BindOptions: { ReadOnlyForceRecursive: true },
    },
  ];
  assert.equal(
    ask({ Mounts }, { node: { kernel: "5.10" } }).error,
    "rro is not supported: failed to call mount_setattr: function not implemented (kernel is older than 5.12?)",
  );
  assert.equal(ask({ Mounts }).error, undefined);
});
