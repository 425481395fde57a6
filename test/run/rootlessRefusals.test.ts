// What an ordinary user cannot have: said in exact sentences, before anything starts.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { writeLayer, writeLayout } from "../../tools/ociLayout.ts";
import { tar } from "../../tools/tarWriter.ts";
import {
  cannotBeOrdinary,
  makeUser,
  type OrdinaryUser,
  removeUser,
  runAs,
} from "./ordinaryUser.ts";
import { podOf } from "./run.ts";
import { cleanWithin, probePod, runPod } from "./userPods.ts";

const skip = cannotBeOrdinary() ?? false;
const made: OrdinaryUser[] = [];
let user: OrdinaryUser;
let bare: OrdinaryUser;

before(() => {
  if (skip !== false) return;
  user = makeUser("asks", true);
  made.push(user);
  bare = makeUser("bare", false);
  made.push(bare);
});
after(() => {
  for (const each of made) removeUser(each);
});

const last = (): number => user.subordinate?.count ?? 0;

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
      podOf("true", {}, { securityContext: { privileged: true, runAsUser: 3_000_000 } }),
      [],
      [
        "privileged: true of c: the machine's devices and settings are its root's",
        `user 3000000 of c ${beyond} ${last()}: /etc/subuid gives more`,
      ],
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
    const { code, stdout, stderr } = await runPod(user, pod, words);
    const expected = sentences.map((sentence) => `secctx: without root: ${sentence}\n`).join("");
    assert.deepEqual({ code, stdout, stderr }, { code: 125, stdout: "", stderr: expected });
  }
  await cleanWithin(user, 5000);
});

test("limits and capabilities that do not hold are said before the pod runs", {
  skip,
}, async () => {
  const { exitCode, notHeld } = await probePod(
    user,
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
test("a user without subordinate ids is told how to get them", { skip }, async () => {
  const { code, stdout, stderr } = await runPod(bare, podOf("true"));
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
