import assert from "node:assert/strict";
import { test } from "node:test";
import { messageOf } from "../../../../test/walkPod.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { WorldFile } from "../../model/world.ts";

function withSysctls(names: readonly string[], spec: object = {}): object {
  const sysctls = names.map((name) => ({ name, value: "1" }));
  return { spec: { ...spec, securityContext: { sysctls }, containers: [{ name: "c" }] } };
}
test("sysctls: the safe ones, then the node's patterns, the first offender told", () => {
  const unsafe = { node: { allowedUnsafeSysctls: ["kernel.msg*", "net/core/somaxconn", "vm.*"] } };
  const forbidden = (text: string) => `Pod was rejected: forbidden sysctl: ${text}`;
  const rows: [object, WorldFile, string][] = [
    [withSysctls(["kernel.shm_rmid_forced", "net.ipv4.tcp_notsent_lowat"]), {}, ""],
    [withSysctls(["net/ipv4/tcp_syncookies"]), {}, ""],
    [withSysctls(["kernel.msgmax"]), {}, forbidden('"kernel.msgmax" not allowlisted')],
    [withSysctls(["kernel.msgmax"]), unsafe, ""],
    [withSysctls(["net.core.somaxconn"]), unsafe, ""],
    [withSysctls(["vm.swappiness"]), unsafe, forbidden('"vm.swappiness" not allowlisted')],
    [withSysctls(["kernel.msgmax", "a", "b"]), unsafe, forbidden('"a" not allowlisted')],
    [
      withSysctls(["kernel.msgmax"], { hostIPC: true }),
      unsafe,
      forbidden('"kernel.msgmax" not allowed with host IPC enabled'),
    ],
    [
      withSysctls(["net/ipv4/tcp_syncookies"], { hostNetwork: true }),
      {},
      forbidden('"net.ipv4.tcp_syncookies" not allowed with host Net enabled'),
    ],
    [
      withSysctls(["net.ipv4.tcp_rmem"]),
      { node: { kernel: "4.14" } },
      forbidden('"net.ipv4.tcp_rmem" not allowlisted'),
    ],
  ];
  for (const [pod, file, expected] of rows) {
    assert.equal(messageOf(pod, file), expected, JSON.stringify(pod));
  }
});

test("sysctls: user.* only in a user namespace, and only since 1.37", () => {
  const file = (kubernetes: KubeMinor): WorldFile => ({
    kubernetes,
    node: { allowedUnsafeSysctls: ["user.*"] },
  });
  const own = withSysctls(["user.max_user_namespaces"], { hostUsers: false });
  assert.equal(messageOf(own, file("v1.37")), "");
  assert.match(messageOf(own, file("v1.36")), /not allowlisted$/);
  assert.match(
    messageOf(withSysctls(["user.max_user_namespaces"]), file("v1.37")),
    /not allowed with host User enabled$/,
  );
});

test("sysctls: each release has its list and its words", () => {
  const rows: [KubeMinor, string, string][] = [
    ["v1.20", "vm.swappiness", 'Pod forbidden sysctl: "vm.swappiness" not whitelisted'],
    ["v1.23", "vm.swappiness", 'Pod forbidden sysctl: "vm.swappiness" not allowlisted'],
    [
      "v1.26",
      "vm.swappiness",
      'Pod was rejected: forbidden sysctl: "vm.swappiness" not allowlisted',
    ],
    [
      "v1.21",
      "net.ipv4.ip_unprivileged_port_start",
      'Pod forbidden sysctl: "net.ipv4.ip_unprivileged_port_start" not whitelisted',
    ],
    ["v1.22", "net.ipv4.ip_unprivileged_port_start", ""],
    [
      "v1.28",
      "net.ipv4.tcp_keepalive_time",
      'Pod was rejected: forbidden sysctl: "net.ipv4.tcp_keepalive_time" not allowlisted',
    ],
    ["v1.29", "net.ipv4.tcp_keepalive_time", ""],
    [
      "v1.22",
      "net/ipv4/tcp_syncookies",
      'Pod forbidden sysctl: "net/ipv4/tcp_syncookies" not whitelisted',
    ],
  ];
  for (const [kubernetes, name, expected] of rows) {
    assert.equal(messageOf(withSysctls([name]), { kubernetes }), expected, kubernetes + name);
  }
});
