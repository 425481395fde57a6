import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../core/model/pod.ts";
import { UsageError } from "./errors.ts";
import { askedNetwork, portsHere, publishedPort, unheardPorts } from "./network.ts";

const PORTS = [
  ["8080:80", ["tcp", "", 8080, 80]],
  ["8080:80/tcp", ["tcp", "", 8080, 80]],
  ["127.0.0.1:5300:53/udp", ["udp", "127.0.0.1", 5300, 53]],
  ["[::1]:8080:80", ["tcp", "::1", 8080, 80]],
] as const;

for (const [text, [protocol, hostIP, hostPort, containerPort]] of PORTS) {
  test(`--publish ${text}`, () => {
    assert.deepEqual(publishedPort(text), { protocol, hostIP, hostPort, containerPort });
  });
}

const WRONG = [
  "",
  "80",
  "0:80",
  "8080:65536",
  "8080:80/sctp",
  "300.0.0.1:8080:80",
  "[1]:80:80",
  "a:80",
];

for (const text of WRONG) {
  test(`--publish ${JSON.stringify(text)} is told how to write it`, () => {
    assert.throws(() => publishedPort(text), {
      constructor: UsageError,
      message: `--publish ${text}: write [IP:]HOST:CONTAINER[/udp], 8080:80 say`,
    });
  });
}

test("a port to publish asks for pasta, and for nothing else", () => {
  const engine = "oci";
  assert.equal(askedNetwork({ engine }).name, "none");
  assert.equal(askedNetwork({ engine, publish: ["8080:80"] }).name, "pasta");
  assert.throws(() => askedNetwork({ engine, network: "host", publish: ["8080:80"] }), {
    message: "--publish needs --network pasta, not host",
  });
});

test("another engine makes the pod's network itself, but shares the host's as the pod says", () => {
  assert.equal(askedNetwork({ engine: "cri", network: "host" }).name, "host");
  assert.throws(() => askedNetwork({ engine: "docker", network: "pasta" }), {
    message: "--network pasta: engine docker makes the pod's network itself; use --engine oci",
  });
});

function podWith(...ports: readonly object[]): Pod {
  return { spec: { containers: [{ name: "c", ports }] } } as unknown as Pod;
}

test("hostPorts of the pod and those to publish all listen, of the same container port too", () => {
  const pod = podWith(
    { hostPort: 18081, containerPort: 8080 },
    { hostPort: 18082, containerPort: 8080, protocol: "UDP" },
    { hostPort: 18083, containerPort: 9090, hostIP: "127.0.0.1" },
    { containerPort: 7070 },
  );
  const listening = (...told: string[]): string[] =>
    portsHere(pod, told.map(publishedPort)).map(
      ({ protocol, hostIP, hostPort, containerPort }) =>
        `${hostIP}:${hostPort}:${containerPort}/${protocol}`,
    );
  const own = [":18081:8080/tcp", ":18082:8080/udp", "127.0.0.1:18083:9090/tcp"];
  assert.deepEqual(listening("18084:8080"), [...own, ":18084:8080/tcp"]);
  // Only one of them can listen: that of the command line.
  assert.deepEqual(listening("18083:1"), [...own.slice(0, 2), ":18083:1/tcp"]);
  assert.deepEqual(listening("127.0.0.2:18083:1"), [...own, "127.0.0.2:18083:1/tcp"]);
  assert.deepEqual(listening("18082:8080"), [...own, ":18082:8080/tcp"]);
});

test("hostPorts that do not listen are said", () => {
  const asked = { name: "none", published: [] } as const;
  const port = { hostPort: 18081, containerPort: 8080 };
  const rest =
    "not listen here: the pod has a loopback only (--network none); --network pasta would";
  assert.deepEqual(unheardPorts(podWith(port), asked), [`hostPort 18081 does ${rest}`]);
  assert.deepEqual(unheardPorts(podWith(port, { ...port, hostPort: 2 }), asked), [
    `hostPorts 18081, 2 do ${rest}`,
  ]);
  assert.deepEqual(unheardPorts(podWith({ containerPort: 8080 }), asked), []);
  assert.deepEqual(unheardPorts(podWith(port), { ...asked, name: "pasta" }), []);
  const shared = podWith(port);
  assert.deepEqual(
    unheardPorts({ ...shared, spec: { ...shared.spec, hostNetwork: true } }, asked),
    [],
  );
});
