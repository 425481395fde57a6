// Whatever the pod, the world and the options: a text that can be read, a level or the reason why not, and nothing refused that was taken.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkLines } from "../../../test/fixLines.ts";
import { writeYaml, type YamlStyle } from "../../../test/yamlWriter.ts";
import { readManifest } from "../manifest/manifest.ts";
import type { JsonValue } from "../model/json.ts";
import { type KubeMinor, minorsThrough } from "../model/version.ts";
import { NEWEST_KUBERNETES } from "../model/world.ts";
import { LEVELS } from "../podsecurity/level.ts";
import { composeWorld } from "../rules/world.ts";
import { checkPodDocument } from "./check.ts";
import { newRefusal, refusalsOf } from "./fix/refusals.ts";
import { type FixOptions, fix } from "./fix.ts";

const profile = fc.record(
  {
    type: fc.constantFrom("RuntimeDefault", "Localhost", "Unconfined", "X"),
    localhostProfile: fc.constant("f"),
  },
  { requiredKeys: ["type"] },
);
const names = fc.subarray([
  "ALL",
  "all",
  "CHOWN",
  "cap_chown",
  "NET_BIND_SERVICE",
  "CAP_SYS_ADMIN",
  "FOO",
]);
const both = {
  runAsNonRoot: fc.option(fc.boolean()),
  runAsUser: fc.constantFrom(0, 1000, null),
  seccompProfile: fc.option(profile),
  appArmorProfile: profile,
  seLinuxOptions: fc.record(
    { type: fc.constantFrom("container_t", "spc_t"), user: fc.constant("u") },
    { requiredKeys: [] },
  ),
  windowsOptions: fc.record({ hostProcess: fc.boolean() }),
};
const container = fc.record(
  {
    image: fc.constantFrom("known", "root", "named", "unknown"),
    ports: fc.array(
      fc.record({ hostPort: fc.constantFrom(0, 80), containerPort: fc.constant(80) }),
      { maxLength: 2 },
    ),
    securityContext: fc.option(
      fc.record(
        {
          ...both,
          privileged: fc.boolean(),
          allowPrivilegeEscalation: fc.boolean(),
          procMount: fc.constantFrom("Default", "Unmasked"),
          capabilities: fc.record({ add: names, drop: names }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ["image"] },
);
function named(prefix: string, items: readonly object[]): object[] {
  return items.map((item, index) => ({ name: `${prefix}${index}`, ...item }));
}
const containers = fc
  .array(container, { minLength: 1, maxLength: 2 })
  .map((items) => named("c", items));
const inits = fc.array(container, { maxLength: 1 }).map((items) => named("i", items));
const volume = fc.constantFrom({ name: "v", hostPath: { path: "/" } }, { name: "v", emptyDir: {} });
const spec = fc.record(
  {
    containers,
    initContainers: inits,
    volumes: fc.array(volume, { maxLength: 1 }),
    hostNetwork: fc.boolean(),
    hostPID: fc.boolean(),
    hostUsers: fc.boolean(),
    os: fc.record({ name: fc.constantFrom("linux", "windows") }),
    nodeSelector: fc.constantFrom({ "kubernetes.io/os": "windows" }, { a: "b" }),
    securityContext: fc.option(
      fc.record(
        {
          ...both,
          sysctls: fc.subarray([
            { name: "kernel.msgmax", value: "1" },
            { name: "net.ipv4.tcp_rmem", value: "1" },
          ]),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ["containers"] },
);
const annotations = fc.dictionary(
  fc.constantFrom(
    "seccomp.security.alpha.kubernetes.io/pod",
    "container.seccomp.security.alpha.kubernetes.io/c0",
    "container.apparmor.security.beta.kubernetes.io/c0",
    "container.apparmor.security.beta.kubernetes.io/other",
  ),
  fc.constantFrom("unconfined", "runtime/default", "localhost/x", "nothing"),
);
const pods = fc.record({
  apiVersion: fc.constant("v1"),
  kind: fc.constant("Pod"),
  metadata: fc.record({ name: fc.constant("p"), annotations }, { requiredKeys: ["name"] }),
  spec,
});
const versions = fc.constantFrom<KubeMinor>(...minorsThrough(NEWEST_KUBERNETES).slice(20));
const worlds = fc
  .record({ kubernetes: versions, appArmor: fc.boolean() })
  .map(({ kubernetes, appArmor }) =>
    composeWorld({
      kubernetes,
      node: { appArmor },
      images: { known: { user: "1000" }, root: { user: "" }, named: { user: "www" } },
    }),
  );
const options: fc.Arbitrary<FixOptions> = fc.record(
  {
    level: fc.constantFrom(...LEVELS),
    addOnly: fc.boolean(),
    runAsUser: fc.constantFrom({}, { all: 7 }, { of: { c0: 8, root: 9 } }),
  },
  { requiredKeys: ["level"] },
);
const styles: fc.Arbitrary<YamlStyle> = fc.record({
  step: fc.constantFrom(2, 4),
  dash: fc.constantFrom(0, 2),
  eol: fc.constant("\n"),
  mark: fc.constant(false),
  lastBreak: fc.boolean(),
  dice: fc.array(fc.nat(99), { minLength: 1, maxLength: 20 }),
  flow: fc.constantFrom(0, 30),
  comments: fc.constantFrom(0, 10),
});

test("a level or the reason why not, nothing newly refused, and a second run changes nothing", () => {
  fc.assert(
    fc.property(pods, worlds, options, styles, (pod, world, asked, style) => {
      const text = writeYaml(pod as unknown as JsonValue, style);
      const answer = fix(text, "p.yaml", world, asked);
      const { text: after, pods: fixed, edits } = answer;
      const [one] = fixed;
      checkLines(text, answer);
      const [before] = readManifest(text, "p.yaml").pods;
      const [now] = readManifest(after, "p.yaml").pods;
      assert.ok(one && before && now);
      const left = one.notes.filter(({ kind }) => kind === "left");
      const { met } = checkPodDocument(now, [world], { level: one.level }).podSecurity;
      assert.equal(one.met, met && left.length === 0);
      if (!met) assert.notEqual(left.length, 0);
      assert.equal(newRefusal(refusalsOf(before, world), refusalsOf(now, world)), undefined);
      if (edits.length > 0) assert.notEqual(one.changes.length, 0);
      assert.deepEqual(fix(after, "p.yaml", world, asked).edits, []);
    }),
    { numRuns: 1500 },
  );
});
