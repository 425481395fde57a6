// Pods, worlds and ways of writing YAML for properties: whatever bears on a level, right and wrong.
import fc from "fast-check";
import { type KubeMinor, minorsThrough } from "../src/core/model/version.ts";
import { NEWEST_KUBERNETES } from "../src/core/model/world.ts";
import { composeWorld } from "../src/core/rules/world.ts";
import type { YamlStyle } from "./yamlWriter.ts";

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
export const pods = fc.record({
  apiVersion: fc.constant("v1"),
  kind: fc.constant("Pod"),
  metadata: fc.record({ name: fc.constant("p"), annotations }, { requiredKeys: ["name"] }),
  spec,
});
const versions = fc.constantFrom<KubeMinor>(...minorsThrough(NEWEST_KUBERNETES).slice(20));
export const worlds = fc
  .record({ kubernetes: versions, appArmor: fc.boolean() })
  .map(({ kubernetes, appArmor }) =>
    composeWorld({
      kubernetes,
      node: { appArmor },
      images: { known: { user: "1000" }, root: { user: "" }, named: { user: "www" } },
    }),
  );
export const styles: fc.Arbitrary<YamlStyle> = fc.record({
  step: fc.constantFrom(2, 4),
  dash: fc.constantFrom(0, 2),
  eol: fc.constant("\n"),
  mark: fc.constant(false),
  lastBreak: fc.boolean(),
  dice: fc.array(fc.nat(99), { minLength: 1, maxLength: 20 }),
  flow: fc.constantFrom(0, 30),
  comments: fc.constantFrom(0, 10),
});
