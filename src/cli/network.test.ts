import assert from "node:assert/strict";
import { test } from "node:test";
import { UsageError } from "./errors.ts";
import { askedNetwork, publishedPort } from "./network.ts";

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
