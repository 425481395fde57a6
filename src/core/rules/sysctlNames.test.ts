import assert from "node:assert/strict";
import { test } from "node:test";
import { normalizeSysctlName, sysctlNamespace } from "./sysctlNames.ts";

test("slashes and dots are swapped, when a slash comes first", () => {
  const rows: [string, string][] = [
    ["", ""],
    ["a", "a"],
    ["net.core.somaxconn", "net.core.somaxconn"],
    ["net/core/somaxconn", "net.core.somaxconn"],
    ["net.ipv4.conf.eth0/1.forwarding", "net.ipv4.conf.eth0/1.forwarding"],
    ["net/ipv4/conf/eth0.1/forwarding", "net.ipv4.conf.eth0/1.forwarding"],
  ];
  for (const [name, expected] of rows) assert.equal(normalizeSysctlName(name), expected);
});

test("the namespace of a sysctl follows the release", () => {
  assert.deepEqual(sysctlNamespace("kernel.sem", "v1.37"), { kind: "ipc", label: "IPC" });
  assert.deepEqual(sysctlNamespace("kernel.sem", "v1.23"), { kind: "ipc", label: "ipc" });
  assert.deepEqual(sysctlNamespace("net.core.somaxconn", "v1.28"), { kind: "net", label: "net" });
  assert.deepEqual(sysctlNamespace("net.core.somaxconn", "v1.29"), { kind: "net", label: "Net" });
  assert.equal(sysctlNamespace("kernel.shmfoo", "v1.28")?.kind, "ipc");
  assert.equal(sysctlNamespace("kernel.shmfoo", "v1.29"), undefined);
  assert.equal(sysctlNamespace("user.max_net_namespaces", "v1.36"), undefined);
  assert.equal(sysctlNamespace("user.max_net_namespaces", "v1.37")?.label, "User");
  assert.equal(sysctlNamespace("kernel.domainname", "v1.37")?.label, "UTS");
  assert.equal(sysctlNamespace("vm.swappiness", "v1.37"), undefined);
  assert.equal(sysctlNamespace("__proto__", "v1.37"), undefined);
});
