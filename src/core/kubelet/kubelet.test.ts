import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { one, walk } from "../../../test/walkPod.ts";

test("runAsNonRoot with an image that nobody knows ends in a note, neither refused nor allowed", () => {
  const { out, findings, gates } = one({ runAsNonRoot: true }, {}, {}, { image: "nosuch" });
  assert.equal(out.containers[0]?.waiting, null);
  assert.deepEqual(out.containers[0]?.unknown, ["image.user"]);
  assert.deepEqual(findings, [
    {
      id: "kubelet.verifyRunAsNonRoot",
      stage: "kubelet",
      severity: "note",
      container: "c",
      field: "runAsNonRoot",
      path: ["spec", "containers", 0, "securityContext", "runAsNonRoot"],
      message: "refused if the image runs as root or names its user without a number",
      origin: "kubelet v1.37",
    },
  ]);
  const gate = gates.find(({ id }) => id === "kubelet.verifyRunAsNonRoot");
  assert.equal(gate?.container, "c");
  assert.equal(gate?.finding, undefined);
});

test("provenance names the line, what it replaced, the image, the node and the rule", () => {
  const spec = {
    securityContext: { runAsUser: 5, fsGroup: 6, supplementalGroups: [7] },
    containers: [
      {
        name: "a",
        image: "app",
        securityContext: { runAsUser: 0, allowPrivilegeEscalation: false },
      },
    ],
  };
  const { trace } = walk(spec, { node: { seccompDefault: true } }, true);
  const at = (where: string) =>
    trace.find((one) => one.at === `/containers/0/config/linux/security_context/${where}`);
  assert.deepEqual(at("run_as_user"), {
    container: "a",
    field: "runAsUser",
    at: "/containers/0/config/linux/security_context/run_as_user",
    setting: {
      value: 0,
      source: { kind: "manifest", path: ["spec", "containers", 0, "securityContext", "runAsUser"] },
      was: {
        value: 5,
        source: { kind: "manifest", path: ["spec", "securityContext", "runAsUser"] },
      },
    },
  });
  assert.deepEqual(at("seccomp")?.setting.source, { kind: "node", fact: "seccompDefault" });
  assert.deepEqual(at("supplemental_groups")?.setting.source, {
    kind: "rule",
    by: "kubelet",
    rule: "fsGroup first, then supplementalGroups",
  });
  assert.deepEqual(at("no_new_privs")?.setting.source, {
    kind: "rule",
    by: "kubelet",
    rule: "allowPrivilegeEscalation false ⇒ no_new_privs true",
  });
  assert.deepEqual(at("readonly_rootfs")?.setting, {
    value: false,
    source: { kind: "default", by: "kubelet" },
  });
  const unset = walk({ containers: [{ name: "a", image: "app" }] }, {}, true).trace;
  assert.deepEqual(unset.find(({ field }) => field === "runAsUser")?.setting.source, {
    kind: "image",
    ref: "app",
  });
});

test("JSON's null is nothing set, wherever it stands", () => {
  const none = {
    os: null,
    volumes: [{ name: "v", emptyDir: null }],
    nodeSelector: null,
    initContainers: null,
    securityContext: { sysctls: null, supplementalGroups: null, appArmorProfile: null },
    containers: [
      {
        name: "c",
        image: "app",
        env: null,
        envFrom: null,
        volumeMounts: [{ name: "v", mountPath: "/v", subPath: null, recursiveReadOnly: null }],
        securityContext: { seccompProfile: null, capabilities: { add: null, drop: null } },
      },
    ],
  };
  const metadata = { annotations: null, labels: null };
  const { out } = walk(none, {}, true, metadata);
  assert.equal(out.admission.admitted, true);
  assert.deepEqual(out.containers[0]?.config?.linux?.security_context?.capabilities, {});
  const odd = { ...none, securityContext: { sysctls: [{ name: null, value: null }] } };
  assert.match(walk(odd).out.admission.message, /forbidden sysctl: "" not allowlisted$/);
  const image = { containers: [{ name: "c", image: null, securityContext: null }] };
  assert.deepEqual(walk(image).out.containers[0]?.unknown, ["image.user"]);
});

test("the answer, the findings and the gates are the same with and without provenance", () => {
  const level = fc.record(
    {
      runAsUser: fc.constantFrom(0, 5, null),
      runAsNonRoot: fc.boolean(),
      privileged: fc.boolean(),
      procMount: fc.constantFrom("Default", "Unmasked"),
      seccompProfile: fc.record({ type: fc.constantFrom("Localhost", "RuntimeDefault", "x") }),
      fsGroup: fc.nat(),
      supplementalGroups: fc.array(fc.nat()),
    },
    { requiredKeys: [] },
  );
  const image = fc.constantFrom("app", "root", "named", "nosuch");
  fc.assert(
    fc.property(level, level, image, fc.boolean(), (pod, own, ref, hostUsers) => {
      const spec = {
        hostUsers,
        securityContext: pod,
        containers: [{ name: "c", image: ref, securityContext: own }],
      };
      const { trace: _, ...plain } = walk(spec);
      const { trace, ...traced } = walk(spec, {}, true);
      assert.deepEqual(plain, traced);
      assert.ok(trace.length > 0);
    }),
  );
});
