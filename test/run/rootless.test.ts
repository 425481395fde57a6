// secctx run as an ordinary user, for real: what the pod may have it gets, and what it may not is said before anything starts.
import assert from "node:assert/strict";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readLayout } from "../../src/engines/runc/cgroupRoots.ts";
import { writeLayer, writeLayout } from "../../tools/ociLayout.ts";
import { tar } from "../../tools/tarWriter.ts";
import {
  cannotBeOrdinary,
  leftOf,
  makeUser,
  manifestOf,
  type OrdinaryUser,
  processesOf,
  removeUser,
  runAs,
  startAs,
} from "./ordinaryUser.ts";
import { podOf, type Ran } from "./run.ts";

const skip = cannotBeOrdinary() ?? false;
const RUNTIMES = ["runc", "crun"] as const;
const made: OrdinaryUser[] = [];
let user: OrdinaryUser;
let bare: OrdinaryUser;

before(() => {
  if (skip !== false) return;
  user = makeUser("user", true);
  made.push(user);
  bare = makeUser("bare", false);
  made.push(bare);
});
after(() => {
  for (const each of made) removeUser(each);
});

function run(pod: object, words: readonly string[] = [], who = user): Promise<Ran> {
  const image = `oci:${join(who.folder, "images")}`;
  return runAs(who, ["run", manifestOf(who, pod), "--image", image, ...words]);
}

interface Answer {
  readonly exitCode: number;
  readonly notHeld?: readonly string[];
  readonly leftBehind: readonly string[];
  readonly containers: readonly {
    readonly logs: string;
    readonly observed: { readonly status: Record<string, string> } | null;
    readonly differences: readonly unknown[];
    readonly tries: readonly {
      readonly what: string;
      readonly allowed: boolean | null;
      readonly error?: string;
    }[];
  }[];
}

async function probe(pod: object, words: readonly string[] = []): Promise<Answer> {
  const { stdout, stderr } = await run(pod, ["--probe", "-o", "json", ...words]);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as Answer;
}

async function cleanWithin(ms: number): Promise<void> {
  const end = Date.now() + ms;
  let left = leftOf(user);
  while (left.length > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = leftOf(user);
  }
  assert.deepEqual(left, []);
}

const last = (): number => user.subordinate?.count ?? 0;

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
    const answer = await probe(RESTRICTED, ["--oci-runtime", runtime]);
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
    await cleanWithin(5000);
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
      const { containers } = await probe(podOf("true", spec), ["--oci-runtime", runtime]);
      const [container] = containers;
      assert.deepEqual(container?.differences, [], JSON.stringify(spec));
      const open = container.tries.filter(({ allowed }) => allowed === null);
      assert.deepEqual(open, [], JSON.stringify(spec));
    }
    await cleanWithin(5000);
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
        const { containers } = await probe(podOf("true", {}, { securityContext }), words);
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
    const started = await run(pod, ["--detach", "--oci-runtime", runtime]);
    assert.equal(started.code, 0, started.stderr);
    assert.match(started.stdout, /^t-\d+-\d+-\d+$/m);
    assert.match((await runAs(user, ["ps"])).stdout, /^default +t +1\/1 +Running /m);
    assert.equal((await runAs(user, ["logs", "t"])).stdout, "up\n");
    const words = ["exec", "t", "-i", "--", "sh", "-c", "cat; id -u; exit 7"];
    const inside = await runAs(user, words, "hello\n");
    assert.deepEqual([inside.code, inside.stdout], [7, "hello\n1000\n"], inside.stderr);
    const stopped = await runAs(user, ["stop", "t"]);
    assert.equal(stopped.stdout, "pod t stopped\n", stopped.stderr);
    assert.equal((await runAs(user, ["ps", "-q"])).stdout, "");
    await cleanWithin(5000);
  });

  test(`kill -9 of secctx, then of its sandbox too: nothing is left: ${runtime}`, {
    skip,
  }, async () => {
    const pod = podOf("sleep 1000 & echo up; sleep 1000", { securityContext: { runAsUser: 1000 } });
    const image = `oci:${join(user.folder, "images")}`;
    const words = ["run", manifestOf(user, pod), "--image", image, "--oci-runtime", runtime];
    const first = startAs(user, words);
    await first.printed("up");
    assert.notDeepEqual(leftOf(user), [], "the count must see a running pod");
    first.process.kill("SIGKILL");
    await cleanWithin(20_000);

    const second = startAs(user, words);
    await second.printed("up");
    const sandbox = processesOf(user).find(({ text }) => text.includes("secctx-sandbox"));
    assert.ok(sandbox !== undefined);
    process.kill(sandbox.pid, "SIGKILL");
    second.process.kill("SIGKILL");
    await second.ended;
    const pruned = await runAs(user, ["prune"]);
    assert.match(pruned.stdout, /^removed t-/m, pruned.stderr);
    assert.equal(pruned.code, 0);
    await cleanWithin(5000);
  });
}

test("a signal to secctx ends the pod as a deletion does, once", { skip }, async () => {
  const pod = podOf("trap 'echo bye; exit 9' TERM; echo up; while :; do sleep 0.1; done");
  const image = `oci:${join(user.folder, "images")}`;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    const running = startAs(user, ["run", manifestOf(user, pod), "--image", image]);
    await running.printed("up");
    running.process.kill(signal);
    const { code, stdout, stderr } = await running.ended;
    assert.equal(code, 9, stderr);
    assert.match(stdout, /bye/);
  }
  await cleanWithin(5000);
});

test("kill -9 at any moment of a start, while another pod lives", { skip }, async () => {
  const image = `oci:${join(user.folder, "images")}`;
  const words = ["run", manifestOf(user, podOf("echo up; sleep 1000")), "--image", image];
  const living = startAs(user, words);
  await living.printed("up");
  const before = leftOf(user).length;
  for (let delay = 0; delay <= 500; delay += 50) {
    const running = startAs(user, words);
    await new Promise((resolve) => setTimeout(resolve, delay));
    running.process.kill("SIGKILL");
    await running.ended;
  }
  const end = Date.now() + 20_000;
  while (leftOf(user).length > before && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await runAs(user, ["prune"]);
  }
  assert.equal(leftOf(user).length, before, leftOf(user).join("\n"));
  living.process.kill("SIGTERM");
  await living.ended;
  await cleanWithin(5000);
});

test("what the user cannot have is said, a sentence each, and nothing starts", {
  skip,
}, async () => {
  const beyond = "is beyond the ids that this user has, 0 to";
  const cases: readonly (readonly [object, readonly string[], readonly string[]])[] = [
    [
      podOf("true", {
        securityContext: {
          runAsUser: 3_000_000,
          supplementalGroups: [3_000_001],
          fsGroup: 3_000_002,
        },
      }),
      [],
      [
        `fsGroup 3000002 ${beyond} ${last()}: /etc/subgid gives more`,
        `user 3000000 of c ${beyond} ${last()}: /etc/subuid gives more`,
        `group 3000001 of c ${beyond} ${last()}: /etc/subgid gives more`,
      ],
    ],
    [
      podOf("true", { hostUsers: false }),
      [],
      [
        "hostUsers: false: ids of the host's beyond the user's own, and mounts that map them, are root's to give",
      ],
    ],
    [
      podOf("true", {}, { securityContext: { privileged: true } }),
      [],
      ["privileged: true of c: the machine's devices and settings are its root's"],
    ],
    [
      podOf(
        "true",
        { volumes: [{ name: "v", hostPath: { path: join(bare.folder, "run/x") } }] },
        { volumeMounts: [{ name: "v", mountPath: "/v" }] },
      ),
      [],
      [`hostPath ${join(bare.folder, "run/x")}: this user may not look there`],
    ],
    [
      podOf("true"),
      ["--engine", "docker"],
      [
        "the daemon of --engine docker runs containers with ids of the host, to which only root may give volumes: --engine oci needs no daemon",
      ],
    ],
  ];
  for (const [pod, words, sentences] of cases) {
    const { code, stdout, stderr } = await run(pod, words);
    const expected = sentences.map((sentence) => `secctx: without root: ${sentence}\n`).join("");
    assert.deepEqual({ code, stdout, stderr }, { code: 125, stdout: "", stderr: expected });
  }
  await cleanWithin(5000);
});

test("limits and capabilities that do not hold are said before the pod runs", {
  skip,
}, async () => {
  const { exitCode, notHeld } = await probe(
    podOf(
      "true",
      {},
      {
        resources: { limits: { cpu: "1", memory: "64Mi" } },
        securityContext: { capabilities: { add: ["SYS_TIME"] } },
      },
    ),
  );
  assert.equal(exitCode, 0);
  const why =
    "of c is not held: without root there are control groups only in a part of the cgroup v2 tree that is delegated to the user";
  assert.deepEqual(notHeld?.slice(0, 2), [`limits.cpu ${why}`, `limits.memory ${why}`]);
  assert.equal(
    notHeld?.at(-1),
    "capabilities SYS_TIME of c count in a user namespace only, and the kernel asks for the host's",
  );
});

/** Words that run a command in a group of its own, whose parent is the user's, where the v2 tree is all that there is. */
function inDelegatedGroup(name: string): string[] {
  const group = `/sys/fs/cgroup/${name}`;
  const script = [
    "mount -t cgroup2 none /sys/fs/cgroup",
    `mkdir -p ${group}/leaf`,
    `chown -R ${user.uid} ${group}`,
    `echo $$ >${group}/leaf/cgroup.procs`,
    '"$@"; code=$?',
    "echo $$ >/sys/fs/cgroup/cgroup.procs",
    // Does nothing where something is left.
    `rmdir ${group}/leaf ${group}`,
    "exit $code",
  ];
  return ["unshare", "--mount", "--", "sh", "-c", script.join("\n"), "sh"];
}

for (const runtime of RUNTIMES) {
  test(`a part of the cgroup v2 tree that is the user's is used, and left clean: ${runtime}`, {
    skip: skip || (readLayout().unified === undefined ? "no cgroup v2 tree" : false),
  }, async () => {
    const name = `secctx-test-${process.pid}-${runtime}`;
    const group = join(readLayout().unified ?? "", name);
    const folder = mkdtempSync(join(user.folder, "go-"));
    chownSync(folder, user.uid, user.gid);
    const pod = podOf(
      "echo up; until [ -e /v/go ]; do sleep 0.1; done",
      { volumes: [{ name: "v", hostPath: { path: folder } }] },
      { volumeMounts: [{ name: "v", mountPath: "/v" }] },
    );
    const image = `oci:${join(user.folder, "images")}`;
    const words = ["run", manifestOf(user, pod), "--image", image, "--oci-runtime", runtime];
    const running = startAs(user, words, { before: inDelegatedGroup(name) });
    await running.printed("up");
    const [own = ""] = readdirSync(group).filter((one) => one.startsWith("secctx-t-"));
    assert.notEqual(readFileSync(join(group, own, "c-0/cgroup.procs"), "utf8"), "");
    writeFileSync(join(folder, "go"), "");
    const { code, stderr } = await running.ended;
    assert.equal(code, 0, stderr);
    assert.equal(existsSync(group), false);
  });
}

test("a user without subordinate ids is told how to get them", { skip }, async () => {
  const { code, stdout, stderr } = await run(podOf("true"), [], bare);
  assert.deepEqual([code, stdout], [125, ""]);
  const { name } = bare;
  assert.equal(
    stderr.replace(/\d+-\d+ (?=secctx-)/g, "FIRST-LAST "),
    `secctx: without root: /etc/subuid gives ${name} no subordinate user ids: sudo usermod --add-subuids FIRST-LAST ${name}
secctx: without root: /etc/subgid gives ${name} no subordinate group ids: sudo usermod --add-subgids FIRST-LAST ${name}
`,
  );
  assert.deepEqual(readdirSync(join(bare.folder, "run")), []);
});

test("an image with a file of an id that the user has not", { skip }, async () => {
  const layout = join(user.folder, "foreign");
  mkdirSync(layout);
  const layer = writeLayer(
    layout,
    tar([{ name: "bin/tool", uid: 3_000_000, gid: 5, content: "x" }]),
  );
  writeLayout(layout, [{ name: "foreign:1", layers: [layer], config: {} }]);
  const { code, stderr } = await runAs(user, ["images", "import", `oci:${layout}`, "foreign:1"]);
  assert.equal(code, 2);
  assert.equal(
    stderr,
    `secctx: "bin/tool": owner 3000000:5 is beyond the ids that this user has without root (user ids 0 to ${last()}, group ids 0 to ${last()}): /etc/subuid and /etc/subgid give more\n`,
  );
});

test("files of the host's stay whose they are, and a folder of the user's is its own", {
  skip,
}, async () => {
  const folder = join(user.folder, "shared");
  mkdirSync(folder);
  chownSync(folder, user.uid, user.gid);
  writeFileSync(join(folder, "roots"), "secret\n", { mode: 0o600 });
  const { containers } = await probe(
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
