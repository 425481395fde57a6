// `explain` and `check` of one pod on one node: the kubelet and the runtime say the same in both, also where nobody told of the node.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../dist/secctx.cjs", import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), "secctx-node-"));
after(() => rmSync(FOLDER, { recursive: true, force: true }));

interface Said {
  readonly id: string;
  readonly stage: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
  readonly path: string;
}

const PODS: Readonly<Record<string, { readonly spec?: object; readonly own?: object }>> = {
  "AppArmor's default": { own: { appArmorProfile: { type: "RuntimeDefault" } } },
  "an AppArmor profile of the node": {
    own: { appArmorProfile: { type: "Localhost", localhostProfile: "p" } },
  },
  "no AppArmor": { own: { appArmorProfile: { type: "Unconfined" } } },
  "an SELinux label": { own: { seLinuxOptions: { level: "s0:c1,c2" } } },
  "seccomp's default": {
    spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
  },
  "a seccomp profile of the node": {
    own: { seccompProfile: { type: "Localhost", localhostProfile: "p.json" } },
  },
  "a user namespace": { spec: { hostUsers: false } },
  "a user namespace with the host's network": { spec: { hostUsers: false, hostNetwork: true } },
  "a sysctl that is unsafe": {
    spec: { securityContext: { sysctls: [{ name: "net.core.somaxconn", value: "1" }] } },
  },
};
const WORLDS: Readonly<Record<string, object | undefined>> = {
  "nothing told": undefined,
  "AppArmor and SELinux": {
    node: { appArmor: true, seLinux: true },
    runtime: { config: { enableSelinux: true } },
  },
  "neither, as told": { node: { appArmor: false, seLinux: false } },
  "no user namespaces": { runtime: { name: "containerd", version: "1.7" } },
};

function asked(words: readonly string[]): { readonly code: number | null; readonly said: Said[] } {
  const { status, stdout } = spawnSync(COMMAND, [...words, "-o", "jsonl"], {
    cwd: FOLDER,
    encoding: "utf8",
  });
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Said[] };
  const said = findings
    .filter(({ stage }) => !["risk", "upgrade", "podsecurity"].includes(stage))
    .map(({ id, stage, severity, message, hint = "", path }) => ({
      ...{ id, stage, severity, message, hint, path },
    }));
  return { code: status, said };
}

const names = Object.keys(WORLDS);
for (const [world, told] of Object.entries(WORLDS)) {
  test(`the same pods: ${world}`, () => {
    const file = `world${names.indexOf(world)}.json`;
    writeFileSync(join(FOLDER, file), JSON.stringify(told ?? {}));
    const options = told === undefined ? [] : ["--world", file];
    for (const [pod, { spec = {}, own = {} }] of Object.entries(PODS)) {
      const containers = [{ name: "c", image: "x", securityContext: own }];
      const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" } };
      writeFileSync(
        join(FOLDER, "pod.json"),
        JSON.stringify({ ...object, spec: { containers, ...spec } }),
      );
      // What the API server refuses no node sees.
      const first = asked(["explain", "pod.json", ...options]);
      const isCreated = !first.said.some(({ stage }) => stage === "apiserver");
      const explained = isCreated
        ? asked(["explain", "pod.json", "--all-stages", ...options])
        : first;
      const checked = asked(["check", "pod.json", "--level", "privileged", ...options]);
      assert.deepEqual(checked.said, explained.said, pod);
      const isRefused = explained.said.some(({ severity }) => severity === "refusal");
      assert.equal(explained.code, isRefused ? 1 : 0, pod);
      if (isRefused) assert.equal(checked.code, 1, pod);
    }
  });
}

test("a pod with an AppArmor profile is refused by the node of which nothing is told, which is said", () => {
  const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" } };
  const securityContext = { appArmorProfile: { type: "RuntimeDefault" } };
  const spec = { securityContext, containers: [{ name: "c", image: "x" }] };
  writeFileSync(join(FOLDER, "pod.json"), JSON.stringify({ ...pod, spec }));
  const { said } = asked(["check", "pod.json"]);
  const found = said.find(({ id }) => id === "kubelet.appArmor");
  assert.equal(found?.message, "Cannot enforce AppArmor: AppArmor is not enabled on the host");
  assert.match(found?.hint ?? "", /^nobody told whether the node has AppArmor/);
});
