// --probe really tries: writing, port 80, a setuid file, raw sockets; with the rule that decides, and nothing left behind.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Ajv } from "ajv";
import schema from "../../schema/run.schema.json" with { type: "json" };
import type { RunAnswer } from "../../src/lifecycle/runAnswer.ts";
import { findProgram } from "../../src/node/programs.ts";
import { cannotRun, leftovers, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));
// The ids of a pod in a user namespace have to pass through.
chmodSync(lab.folder, 0o711);

/** `write / = no EROFS | rule | line of the source`. */
async function tried(pod: object, words: readonly string[] = []): Promise<string[]> {
  const ran = await runCommand(lab, pod, ["--probe", "-o", "json", ...words]);
  assert.equal(ran.code, 0, ran.stderr + ran.stdout);
  const answer: RunAnswer = JSON.parse(ran.stdout);
  assert.ok(validate(answer), JSON.stringify(validate.errors));
  const { containers } = answer;
  return containers.flatMap(({ tries = [] }) =>
    tries.map(({ what, allowed, error = "", predicted, rule, source }) => {
      assert.equal(allowed, predicted, `${what}: ${error}`);
      const from = source?.kind === "manifest" ? source.path : (source?.kind ?? "");
      return `${what}: ${allowed ? "yes" : "no"} ${error} | ${rule} | ${from}`;
    }),
  );
}

const CONTAINER = "/spec/containers/0";

test("a strict pod, and whose word each refusal is", { skip }, async () => {
  const pod = podOf(
    'test -z "$(ls -A /data)"',
    {
      securityContext: { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000 },
      volumes: [
        { name: "data", emptyDir: {} },
        { name: "memory", emptyDir: { medium: "Memory" } },
      ],
    },
    {
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        seccompProfile: { type: "RuntimeDefault" },
      },
      volumeMounts: [
        { name: "data", mountPath: "/data" },
        { name: "data", mountPath: "/ro", readOnly: true },
        { name: "memory", mountPath: "/memory" },
      ],
    },
  );
  assert.deepEqual(await tried(pod, ["--runtime", "containerd@1.6"]), [
    `write /: no EROFS | readOnlyRootFilesystem | ${CONTAINER}/securityContext/readOnlyRootFilesystem`,
    "write /data: yes  | drwxrwsrwx 0:2000: fsGroup 2000 | /spec/securityContext/fsGroup",
    `write /ro: no EROFS | the mount is read-only | ${CONTAINER}/volumeMounts/1`,
    "write /memory: yes  | drwxrwsrwt 0:2000: fsGroup 2000 | /spec/securityContext/fsGroup",
    "bind port 80: no EACCES | ip_unprivileged_port_start 1024, uid 1000 has lost CAP_NET_BIND_SERVICE | /spec/securityContext/runAsUser",
    `setuid file: no  | NoNewPrivs | ${CONTAINER}/securityContext/allowPrivilegeEscalation`,
    "raw socket: no EPERM | uid 1000 has lost CAP_NET_RAW | /spec/securityContext/runAsUser",
    "ping socket: no EACCES | ping_group_range 1 0 | ",
  ]);
  assert.deepEqual(leftovers(lab), []);
});

test("an ordinary pod by the rules of containerd 2.1", { skip }, async () => {
  const pod = podOf("true", { securityContext: { runAsUser: 1000 } });
  assert.deepEqual(await tried(pod, ["--runtime", "containerd@2.1"]), [
    "write /: no EACCES | drwxr-xr-x 0:0: not for uid 1000, groups 0 | /spec/securityContext/runAsUser",
    "bind port 80: yes  | ip_unprivileged_port_start 0 | default",
    "setuid file: yes  | no_new_privs is not set | default",
    "raw socket: no EPERM | uid 1000 has lost CAP_NET_RAW | /spec/securityContext/runAsUser",
    "ping socket: yes  | ping_group_range 0 2147483647 | default",
  ]);
});

test("in a user namespace, and on crun", async (t) => {
  if (skip !== false) return t.skip(skip);
  const securityContext = { runAsUser: 1000, fsGroup: 2000 };
  const pod = (hostUsers: boolean): object =>
    podOf(
      "true",
      { hostUsers, securityContext, volumes: [{ name: "v", emptyDir: {} }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    );
  const own = await tried(pod(false));
  assert.deepEqual(own.slice(1, 4), [
    "write /v: yes  | drwxrwsrwx 0:2000: fsGroup 2000 | /spec/securityContext/fsGroup",
    "bind port 80: yes  | ip_unprivileged_port_start 0 | default",
    "setuid file: yes  | no_new_privs is not set | default",
  ]);
  if (findProgram("crun") === undefined) return t.skip("no crun: apt-get install crun");
  assert.deepEqual(await tried(pod(false), ["--oci-runtime", "crun"]), own);
  await tried(pod(true), ["--oci-runtime", "crun"]);
});

test("a seccomp profile of the node's refuses sockets, also by killing", { skip }, async () => {
  const root = join(lab.folder, "kubelet");
  mkdirSync(join(root, "seccomp"), { recursive: true });
  for (const [name, action] of [
    ["errno", "SCMP_ACT_ERRNO"],
    ["kill", "SCMP_ACT_KILL_PROCESS"],
  ] as const) {
    const profile = { defaultAction: "SCMP_ACT_ALLOW", syscalls: [{ names: ["socket"], action }] };
    writeFileSync(join(root, "seccomp", name), JSON.stringify(profile));
    const seccompProfile = { type: "Localhost", localhostProfile: name };
    const lines = await tried(podOf("true", { securityContext: { seccompProfile } }), [
      ...["--kubelet-root", root],
    ]);
    const said = name === "kill" ? "signal 31" : "EPERM";
    const path = "/spec/securityContext/seccompProfile";
    assert.deepEqual(
      lines.filter((line) => /socket:|bind/.test(line)),
      ["bind port 80", "raw socket", "ping socket"].map(
        (what) => `${what}: no ${said} | the seccomp profile refuses socket | ${path}`,
      ),
    );
  }
});

test("what the kernel says otherwise is a difference, and the exit code tells", async (t) => {
  if (skip !== false) return t.skip(skip);
  const folder = join(lab.folder, "immutable");
  mkdirSync(folder, { mode: 0o755 });
  // Not even root writes to an immutable folder, and no mode shows it.
  if (spawnSync("chattr", ["+i", folder]).status !== 0) {
    return t.skip("needs chattr and a file system with attributes");
  }
  try {
    const pod = podOf(
      "true",
      { volumes: [{ name: "v", hostPath: { path: folder } }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    );
    const ran = await runCommand(lab, pod, ["--probe"]);
    assert.equal(ran.code, 1, ran.stderr);
    assert.match(ran.stdout, /^ {2}≠ {2}write \/v +no EPERM +predicted: yes$/m);
    assert.match(ran.stdout, /^ {2}= {2}write \/ +yes +drwxr-xr-x 0:0: uid 0 owns it/m);
  } finally {
    spawnSync("chattr", ["-i", folder]);
  }
  assert.deepEqual(readdirSync(folder), []);
});
