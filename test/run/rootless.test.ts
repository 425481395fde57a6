// secctx run as an ordinary user, for real: the pod gets its ids, its volumes and its fences, and --probe agrees.
import assert from "node:assert/strict";
import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  cannotBeOrdinary,
  makeUser,
  type OrdinaryUser,
  removeUser,
  runAs,
} from "./ordinaryUser.ts";
import { podOf } from "./run.ts";
import { cleanWithin, probePod, RUNTIMES, runPod } from "./userPods.ts";

const skip = cannotBeOrdinary() ?? false;
let user: OrdinaryUser;

before(() => {
  if (skip === false) user = makeUser("pods", true);
});
after(() => {
  if (skip === false) removeUser(user);
});

const NO_BIND = { names: ["bind"], action: "SCMP_ACT_ERRNO", errnoRet: 1 };

const RESTRICTED = podOf(
  "id; touch /data/mine; ls -ldn /data /data/mine; ! touch /mine; cat /proc/self/uid_map",
  {
    securityContext: {
      runAsUser: 1000,
      runAsGroup: 3000,
      fsGroup: 2000,
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumes: [{ name: "data", emptyDir: {} }],
  },
  {
    volumeMounts: [{ name: "data", mountPath: "/data" }],
    securityContext: {
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
  },
);

for (const runtime of RUNTIMES) {
  test(`a restricted pod gets its ids, its volume and its fences: ${runtime}`, {
    skip,
  }, async () => {
    const answer = await probePod(user, RESTRICTED, ["--oci-runtime", runtime]);
    const [container] = answer.containers;
    assert.deepEqual(container?.differences, []);
    assert.equal(container.observed?.status["Uid"], "1000 1000 1000 1000");
    assert.equal(container.observed.status["Groups"], "2000 3000");
    assert.equal(container.observed.status["CapBnd"], "0000000000000000");
    assert.equal(container.observed.status["Seccomp"], "2");
    assert.match(container.logs, /^uid=1000 gid=3000 groups=2000,3000$/m);
    assert.match(container.logs, /^drwxrwsrwx .* 0 +2000 .*\/data$/m);
    assert.match(container.logs, /^-rw-r--r-- .* 1000 +2000 .*\/data\/mine$/m);
    assert.match(container.logs, new RegExp(`^ +0 +${user.uid} +1$`, "m"));
    assert.deepEqual(
      container.tries.filter(({ allowed }) => allowed === null),
      [],
    );
    assert.equal(answer.exitCode, 0);
    assert.deepEqual(answer.leftBehind, []);
    await cleanWithin(user, 5000);
  });

  test(`what is tried in the host's namespaces ends as predicted: ${runtime}`, {
    skip,
  }, async () => {
    for (const spec of [
      {},
      { hostNetwork: true },
      { hostPID: true },
      { shareProcessNamespace: true },
    ]) {
      const { containers } = await probePod(user, podOf("true", spec), ["--oci-runtime", runtime]);
      const [container] = containers;
      assert.deepEqual(container?.differences, [], JSON.stringify(spec));
      const open = container.tries.filter(({ allowed }) => allowed === null);
      assert.deepEqual(open, [], JSON.stringify(spec));
    }
    await cleanWithin(user, 5000);
  });

  test(`what is tried under a seccomp filter ends as predicted: ${runtime}`, { skip }, async () => {
    const profile = { defaultAction: "SCMP_ACT_ALLOW", syscalls: [NO_BIND] };
    const folder = join(user.folder, "kubelet");
    mkdirSync(join(folder, "seccomp"), { recursive: true });
    writeFileSync(join(folder, "seccomp/noBind.json"), JSON.stringify(profile));
    const words = ["--oci-runtime", runtime, "--kubelet-root", folder];
    for (const allowPrivilegeEscalation of [true, false]) {
      for (const [seccompProfile, binds] of [
        [{ type: "Localhost", localhostProfile: "noBind.json" }, "no EPERM"],
        [{ type: "RuntimeDefault" }, "yes"],
        [{ type: "Unconfined" }, "yes"],
      ] as const) {
        const securityContext = { seccompProfile, allowPrivilegeEscalation, runAsUser: 1000 };
        const { containers } = await probePod(user, podOf("true", {}, { securityContext }), words);
        const [container] = containers;
        assert.deepEqual(container?.differences, []);
        const said = container.tries.map(
          ({ what, allowed, error = "" }) => `${what}: ${allowed ? "yes" : `no ${error}`}`,
        );
        const gains = allowPrivilegeEscalation ? "setuid file: yes" : "setuid file: no ";
        const expected = ["write /: no EACCES", `bind port 80: ${binds}`, gains];
        assert.deepEqual(said.slice(0, 3), expected, JSON.stringify(securityContext));
      }
    }
  });

  test(`in the background: ps, logs, exec, stop: ${runtime}`, { skip }, async () => {
    const pod = podOf("echo up; sleep 1000", {
      securityContext: { runAsUser: 1000, runAsGroup: 3000 },
      terminationGracePeriodSeconds: 1,
    });
    const started = await runPod(user, pod, ["--detach", "--oci-runtime", runtime]);
    assert.equal(started.code, 0, started.stderr);
    assert.match(started.stdout, /^t-\d+-\d+-\d+$/m);
    assert.match((await runAs(user, ["ps"])).stdout, /^default +t +1\/1 +Running /m);
    assert.equal((await runAs(user, ["logs", "t"])).stdout, "up\n");
    assert.match((await runAs(user, ["describe", "t"])).stdout, /Started .*: Container started\n/);
    const words = ["exec", "t", "-i", "--", "sh", "-c", "cat; id -u; exit 7"];
    const inside = await runAs(user, words, "hello\n");
    assert.deepEqual([inside.code, inside.stdout], [7, "hello\n1000\n"], inside.stderr);
    assert.match(
      (await runAs(user, ["logs", "roots"])).stderr,
      /^secctx: pods "roots" not found: secctx ps lists .*; sudo secctx ps lists those of root$/m,
    );
    const stopped = await runAs(user, ["stop", "t"]);
    assert.equal(stopped.stdout, "pod t stopped\n", stopped.stderr);
    assert.equal((await runAs(user, ["ps", "-q"])).stdout, "");
    await cleanWithin(user, 5000);
  });
}

for (const runtime of RUNTIMES) {
  test(`volumes in memory are a user's too, and a subPath stays inside: ${runtime}`, {
    skip,
  }, async () => {
    const me = { path: "name", fieldRef: { fieldPath: "metadata.name" } };
    const volumes = [
      { name: "me", downwardAPI: { items: [me] } },
      { name: "room", emptyDir: { medium: "Memory", sizeLimit: "5Mi" } },
      { name: "disk", emptyDir: {} },
    ];
    const image = "demo/busybox:1";
    const whole = ["room", "disk"].map((name) => ({ name, mountPath: `/${name}` }));
    const links =
      "for v in room disk; do mkdir /$v/real; ln -s real /$v/in; ln -s /etc /$v/out; done";
    const script = `sed -n 's,^[^ ]* \\(/m[^ ]* [^ ]* ..\\).*,\\1,p' /proc/mounts
      cat /me/name; echo; touch /mroom/x && ls -ln /mroom | tail -1`;
    const pod = podOf("", {
      volumes,
      securityContext: { runAsUser: 1000, fsGroup: 2000 },
      initContainers: [{ name: "i", image, command: ["sh", "-c", links], volumeMounts: whole }],
      containers: [
        {
          ...{ name: "c", image, command: ["sh", "-c", script] },
          volumeMounts: [
            { name: "me", mountPath: "/me" },
            ...["room", "disk"].map((name) => ({
              name,
              mountPath: `/m${name}`,
              subPath: "in/new",
            })),
          ],
        },
        ...["room", "disk"].map((name) => ({
          ...{ name, image, command: ["true"] },
          volumeMounts: [{ name, mountPath: "/m", subPath: "out" }],
        })),
      ],
    });
    const answer = await probePod(user, pod, ["--oci-runtime", runtime, "--timeout", "60"]);
    const find = (one: string) => answer.containers.find(({ name }) => name === one);
    const lines = find("c")?.logs.split("\n") ?? [];
    for (const line of ["/me tmpfs ro", "/mroom tmpfs rw", "t"]) {
      assert.ok(lines.includes(line), lines.join("\n"));
    }
    assert.match(lines.at(-2) ?? "", /^-rw-r--r-- .* 1000 +2000 .* x$/);
    for (const name of ["room", "disk"]) {
      assert.match(
        JSON.stringify(find(name)?.state),
        /failed to prepare subPath for volumeMount \\"(?:room|disk)\\" of container/,
      );
    }
    assert.deepEqual(find("c")?.differences, []);
    await cleanWithin(user, 5000);
  });
}

test("files of the host's stay whose they are, and a folder of the user's is its own", {
  skip,
}, async () => {
  const folder = join(user.folder, "shared");
  mkdirSync(folder);
  chownSync(folder, user.uid, user.gid);
  writeFileSync(join(folder, "roots"), "secret\n", { mode: 0o600 });
  const { containers } = await probePod(
    user,
    podOf(
      "cat /v/roots || echo refused; echo mine > /v/new; chown 1000 /v/new",
      { volumes: [{ name: "v", hostPath: { path: folder } }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    ),
  );
  assert.match(containers[0]?.logs ?? "", /refused/);
  assert.deepEqual(containers[0]?.differences, []);
  assert.equal(readFileSync(join(folder, "new"), "utf8"), "mine\n");
  assert.equal(statSync(join(folder, "new")).uid, (user.subordinate?.first ?? 0) + 999);
});
