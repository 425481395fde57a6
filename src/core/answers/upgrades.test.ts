// Upgrade breaks: every one finds its failing example somewhere between 1.20 and 1.37 and not its passing one; the steps themselves.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import { type KubeMinor, minor, minorsThrough } from "../model/version.ts";
import type { World, WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";
import type { CheckFinding } from "./checked.ts";
import { examplePod } from "./risk.ts";
import { UPGRADES } from "./upgrades.ts";

function over(text: string, from: KubeMinor, to: KubeMinor, file: WorldFile = {}): CheckFinding[] {
  const [pod] = readManifest(text, "example.yaml").pods;
  assert.ok(pod);
  const worlds = minorsThrough(to)
    .slice(minor(from))
    .map((kubernetes) => composeWorld({ ...file, kubernetes }));
  const { findings } = checkPodDocument(pod, worlds as [World, ...World[]], { level: "baseline" });
  return findings.filter(({ stage }) => stage === "upgrade");
}

for (const { id, severity, failing, passing } of UPGRADES) {
  test(`${id}: the failing example has it, the passing one has not`, () => {
    const found = over(failing, "v1.20", "v1.37").filter((finding) => finding.id === id);
    assert.notEqual(found.length, 0);
    for (const finding of found) assert.equal(finding.severity, severity);
    assert.deepEqual(
      over(passing, "v1.20", "v1.37").filter((finding) => finding.id === id),
      [],
    );
  });
}

test("every upgrade stands in the list, under the name of its file", () => {
  const files = readdirSync(new URL("./upgrades/", import.meta.url)).sort();
  const listed = UPGRADES.map(({ id }) => `${id.slice("upgrade.".length)}.ts`);
  assert.deepEqual(listed.toSorted(), files);
});

const ROWS: readonly (readonly [string, string, KubeMinor, KubeMinor, readonly string[]])[] = [
  [
    "procMount is refused from 1.33 on, which begins to look at it",
    examplePod("securityContext: { procMount: Unmasked }"),
    "v1.32",
    "v1.34",
    [
      'v1.33 Kubernetes 1.32 accepts this, 1.33 refuses it: spec.containers[0].securityContext.procMount: Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
    ],
  ],
  [
    "a host in a probe takes the pod from restricted to privileged",
    examplePod(
      "securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }\nlivenessProbe: { tcpSocket: { host: h, port: 1 } }",
      "securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }",
    ),
    "v1.33",
    "v1.34",
    [
      'v1.34 the pod meets restricted of Kubernetes 1.33, but only privileged of 1.34: probe or lifecycle host (container "app" uses probe or lifecycle host "h")',
    ],
  ],
  [
    "a pod that met no level before: only what it is newly refused for",
    examplePod("livenessProbe: { tcpSocket: { host: h, port: 1 } }", "hostNetwork: true"),
    "v1.33",
    "v1.34",
    [
      'v1.34 Kubernetes 1.33 accepts this, 1.34 refuses it: violates PodSecurity "baseline:v1.34": probe or lifecycle host (container "app" uses probe or lifecycle host "h")',
    ],
  ],
  [
    "Pod Security sees procMount from 1.33 on, in a pod that the API server takes",
    examplePod("securityContext: { procMount: Unmasked }", "hostUsers: false"),
    "v1.32",
    "v1.33",
    [
      "v1.33 Kubernetes 1.32 drops hostUsers: false, from 1.33 on it takes effect",
      'v1.33 the pod meets baseline of Kubernetes 1.32, but only privileged of 1.33: procMount (container "app" must not set securityContext.procMount to "Unmasked")',
    ],
  ],
  ["one version alone has no upgrade", examplePod("", "hostUsers: false"), "v1.33", "v1.33", []],
  ["nothing changes", examplePod("", "hostUsers: false"), "v1.33", "v1.37", []],
];

for (const [name, text, from, to, expected] of ROWS) {
  test(name, () => {
    const told = over(text, from, to).map(({ versions, message }) => `${versions} ${message}`);
    assert.deepEqual(told, expected);
  });
}
