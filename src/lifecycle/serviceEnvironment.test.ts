import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { makeEnvironment } from "./environment.ts";
import { serviceEnvironment, servicesWithoutAddress } from "./serviceEnvironment.ts";

function service(name: string, spec: JsonObject, namespace?: string): JsonObject {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: "v1", kind: "Service", metadata, spec };
}

function pod(spec: object = {}): Pod {
  return { metadata: { name: "p", namespace: "lab" }, spec: { containers: [], ...spec } };
}

const WEB = service("my-web", {
  clusterIP: "10.0.0.7",
  ports: [
    { name: "http-alt", port: 8080, targetPort: 80 },
    { name: "dns", port: 53, protocol: "UDP" },
  ],
});
const API = service(
  "kubernetes",
  { clusterIP: "fd00::1", ports: [{ name: "https", port: 443 }] },
  "default",
);

/** @see kubernetes v1.37.2 pkg/kubelet/envvars/envvars.go FromServices */
test("the variables of a service, in the kubelet's order", () => {
  assert.deepEqual(
    [...serviceEnvironment(pod(), [WEB])],
    [
      ["MY_WEB_SERVICE_HOST", "10.0.0.7"],
      ["MY_WEB_SERVICE_PORT", "8080"],
      ["MY_WEB_SERVICE_PORT_HTTP_ALT", "8080"],
      ["MY_WEB_SERVICE_PORT_DNS", "53"],
      ["MY_WEB_PORT", "tcp://10.0.0.7:8080"],
      ["MY_WEB_PORT_8080_TCP", "tcp://10.0.0.7:8080"],
      ["MY_WEB_PORT_8080_TCP_PROTO", "tcp"],
      ["MY_WEB_PORT_8080_TCP_PORT", "8080"],
      ["MY_WEB_PORT_8080_TCP_ADDR", "10.0.0.7"],
      ["MY_WEB_PORT_53_UDP", "udp://10.0.0.7:53"],
      ["MY_WEB_PORT_53_UDP_PROTO", "udp"],
      ["MY_WEB_PORT_53_UDP_PORT", "53"],
      ["MY_WEB_PORT_53_UDP_ADDR", "10.0.0.7"],
    ],
  );
});

test("which services a pod hears of", () => {
  const other = service("db", { clusterIP: "10.0.0.8", ports: [{ port: 1 }] }, "elsewhere");
  const headless = service("peers", { clusterIP: "None", ports: [{ port: 1 }] });
  const outside = service("out", { type: "ExternalName", externalName: "example.com" });
  const late = service("late", { ports: [{ port: 1 }] });
  const all = [WEB, API, other, headless, outside, late];
  const hosts = (told: Pod): string[] =>
    [...serviceEnvironment(told, all).keys()].filter((name) => name.endsWith("_SERVICE_HOST"));
  assert.deepEqual(hosts(pod()), ["MY_WEB_SERVICE_HOST", "KUBERNETES_SERVICE_HOST"]);
  // The API server's is heard of whatever the pod says.
  assert.deepEqual(hosts(pod({ enableServiceLinks: false })), ["KUBERNETES_SERVICE_HOST"]);
  assert.equal(serviceEnvironment(pod(), all).get("KUBERNETES_PORT"), "tcp://[fd00::1]:443");
  assert.deepEqual(servicesWithoutAddress(pod(), all), ["late"]);
  assert.deepEqual(servicesWithoutAddress(pod({ enableServiceLinks: false }), all), []);
});

test("what is no service, and ports that are none", () => {
  const odd: readonly JsonObject[] = [
    { kind: "Service" },
    { kind: "Service", metadata: { name: "x" }, spec: null },
    service("none", { clusterIP: "10.0.0.1", ports: null }),
    service("list", { clusterIP: "10.0.0.1", ports: ["http"] }),
  ];
  assert.deepEqual([...serviceEnvironment(pod(), odd)], []);
});

test("the pod's own variables stand above them, and references see them", () => {
  const environment = makeEnvironment({
    pod: pod(),
    container: {
      name: "c",
      env: [
        { name: "URL", value: "http://$(MY_WEB_SERVICE_HOST):$(MY_WEB_SERVICE_PORT)/" },
        { name: "MY_WEB_SERVICE_PORT", value: "1" },
        { name: "OWN", value: "$(MY_WEB_SERVICE_PORT)" },
      ],
    },
    objects: { configMaps: new Map(), secrets: new Map() },
    fieldValues: {},
    allocatable: () => ({}),
    fileKey: () => undefined,
    services: serviceEnvironment(pod(), [WEB]),
  });
  assert.equal(environment.get("URL"), "http://10.0.0.7:8080/");
  assert.equal(environment.get("MY_WEB_SERVICE_PORT"), "1");
  assert.equal(environment.get("OWN"), "1");
  assert.equal(environment.get("MY_WEB_SERVICE_HOST"), "10.0.0.7");
});
