import assert from "node:assert/strict";
import { test } from "node:test";
import type { Release } from "../model/version.ts";
import type { NodeFacts } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type DockerInput, docker } from "./docker.ts";

const ALL_RELEASES: readonly Release[] = ["20.10", "26.1", "28.5"];

interface RefusalRow {
  readonly why: string;
  readonly hostConfig?: object;
  readonly config?: object;
  readonly in?: readonly Release[];
  readonly node?: Partial<NodeFacts>;
  readonly selinuxEnabled?: boolean;
  readonly containers?: DockerInput["containers"];
  readonly step: "create" | "start";
  readonly error: string;
}

const REFUSALS: readonly RefusalRow[] = [
  // Networks
  {
    why: "the network of nobody",
    hostConfig: { NetworkMode: "container:" },
    in: ["20.10", "26.1"],
    step: "create",
    error: "Invalid network mode: invalid container format container:<name|id>",
  },
  {
    why: "the network of nobody",
    hostConfig: { NetworkMode: "container" },
    in: ["28.5"],
    step: "create",
    error: "invalid network mode: invalid container format container:<name|id>",
  },
  {
    why: "a hostname in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab" },
    config: { Hostname: "a" },
    step: "create",
    error: "conflicting options: hostname and the network mode",
  },
  {
    why: "links in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab", Links: ["a:b"], Dns: ["1.1.1.1"] },
    step: "create",
    error:
      "conflicting options: container type network can't be used with links. This would result in undefined behavior",
  },
  {
    why: "name servers in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab", Dns: ["1.1.1.1"] },
    step: "create",
    error: "conflicting options: dns and the network mode",
  },
  {
    why: "hosts in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab", ExtraHosts: ["a:1.1.1.1"] },
    step: "create",
    error: "conflicting options: custom host-to-IP mapping and the network mode",
  },
  {
    why: "published ports in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab", PublishAllPorts: true },
    step: "create",
    error: "conflicting options: port publishing and the container type network mode",
  },
  {
    why: "exposed ports in another container's network",
    hostConfig: { NetworkMode: "container:0123456789ab" },
    config: { ExposedPorts: { "80/tcp": {} } },
    step: "create",
    error: "conflicting options: port exposing and the container type network mode",
  },
  {
    why: "a MAC address in the host's network",
    hostConfig: { NetworkMode: "host" },
    config: { MacAddress: "02:42:ac:11:00:02" },
    in: ["20.10"],
    step: "create",
    error: "conflicting options: mac-address and the network mode",
  },
  {
    why: "a hostname with the host's",
    hostConfig: { UTSMode: "host" },
    config: { Hostname: "a" },
    step: "create",
    error: "conflicting options: hostname and the UTS mode",
  },
  {
    why: "links in the host's network",
    hostConfig: { NetworkMode: "host", Links: ["a:b"] },
    step: "create",
    error:
      "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
  },
  {
    why: "a sysctl of one interface",
    hostConfig: { Sysctls: { "net.ipv6.conf.eth0.accept_ra": "0" } },
    in: ["28.5"],
    step: "create",
    error:
      "interface specific sysctl setting \"net.ipv6.conf.eth0.accept_ra\" must be supplied using driver option 'com.docker.network.endpoint.sysctls'",
  },
  // Capabilities
  {
    why: "an unknown capability to add, also of a privileged container",
    hostConfig: { CapAdd: ["NET_RAW", "nope"], Privileged: true },
    step: "create",
    error: 'invalid CapAdd: unknown capability: "CAP_NOPE"',
  },
  {
    why: "an unknown capability to drop",
    hostConfig: { CapDrop: ["cap_all"] },
    step: "create",
    error: 'invalid CapDrop: unknown capability: "CAP_ALL"',
  },
  {
    why: "a capability that came with Linux 5.8",
    hostConfig: { CapAdd: ["PERFMON"] },
    in: ["20.10"],
    step: "create",
    error: 'invalid CapAdd: unknown capability: "CAP_PERFMON"',
  },
  {
    why: "a capability that this kernel does not have, in 20.10",
    hostConfig: { CapAdd: ["AUDIT_READ"] },
    node: { kernel: "3.10" },
    in: ["20.10"],
    step: "create",
    error: 'invalid CapAdd: unknown capability: "CAP_AUDIT_READ"',
  },
  {
    why: "a capability that this kernel does not have",
    hostConfig: { CapDrop: ["BPF"] },
    node: { kernel: "5.4" },
    in: ["26.1", "28.5"],
    step: "create",
    error:
      'invalid CapDrop: capability not supported by your kernel or not available in the current environment: "CAP_BPF"',
  },
  {
    why: "a capability that the daemon does not have",
    hostConfig: { CapAdd: ["SYS_ADMIN"] },
    node: { capabilities: ["CAP_CHOWN"] },
    in: ["26.1", "28.5"],
    step: "create",
    error:
      'invalid CapAdd: capability not supported by your kernel or not available in the current environment: "CAP_SYS_ADMIN"',
  },
  // Modes
  {
    why: "no mode of IPC",
    hostConfig: { IpcMode: "bogus" },
    in: ["26.1", "28.5"],
    step: "create",
    error: "invalid IPC mode: bogus",
  },
  {
    why: "no mode of IPC, in 20.10",
    hostConfig: { IpcMode: "bogus" },
    in: ["20.10"],
    step: "start",
    error: "Invalid IPC mode: bogus",
  },
  {
    why: "the PID namespace of nobody",
    hostConfig: { PidMode: "container:" },
    in: ["26.1", "28.5"],
    step: "create",
    error: "invalid PID mode: container:",
  },
  {
    why: "the PID namespace of nobody, in 20.10",
    hostConfig: { PidMode: "container:" },
    in: ["20.10"],
    step: "start",
    error: 'cannot join PID of a non running container: : invalid name or ID supplied: ""',
  },
  {
    why: "what follows the colon is a container, in 20.10",
    hostConfig: { PidMode: "bogus:web" },
    in: ["20.10"],
    step: "create",
    error: "No such container: web",
  },
  {
    why: "no mode of UTS",
    hostConfig: { UTSMode: "private" },
    in: ["26.1", "28.5"],
    step: "create",
    error: "invalid UTS mode: private",
  },
  {
    why: "no mode of cgroups",
    hostConfig: { CgroupnsMode: "bogus" },
    step: "create",
    error: "invalid cgroup namespace mode: bogus",
  },
  {
    why: "a /dev/shm of less than nothing",
    hostConfig: { ShmSize: -1 },
    step: "create",
    error: "SHM size can not be less than 0",
  },
  {
    why: "an OOM score beyond its range",
    hostConfig: { OomScoreAdj: -1001 },
    step: "create",
    error: "Invalid value -1001, range for oom score adj is [-1000, 1000]",
  },
];

for (const row of REFUSALS) {
  for (const version of row.in ?? ALL_RELEASES) {
    test(`${version}: ${row.why}`, () => {
      const config = { selinuxEnabled: row.selinuxEnabled === true };
      const world = composeWorld({
        runtime: { name: "docker", version, config },
        ...(row.node === undefined ? {} : { node: row.node }),
      });
      const { out, gates, findings } = docker(
        {
          config: { ...row.config },
          hostConfig: { ...row.hostConfig },
          image: { user: "" },
          ...(row.containers === undefined ? {} : { containers: row.containers }),
        },
        world,
      );
      assert.deepEqual(out, { step: row.step, error: row.error });
      assert.equal(gates.at(-1)?.id, `docker.${row.step}`);
      assert.deepEqual(findings[0], gates.at(-1)?.finding);
      assert.equal(findings[0]?.message, row.error);
      assert.equal(findings[0]?.origin, `dockerd ${version}`);
    });
  }
}
