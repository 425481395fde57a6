import assert from "node:assert/strict";
import { test } from "node:test";
import { type MachineFacts, obstacles } from "./obstacles.ts";

const RANGE = [{ first: 100000, count: 65536 }];
const GOOD: MachineFacts = {
  user: "ann",
  kernel: "6.1",
  sysctls: { "user.max_user_namespaces": "96365\n", "kernel.unprivileged_userns_clone": "1\n" },
  missing: [],
  uids: RANGE,
  gids: RANGE,
  files: ["ann:100000:65536\n", "ann:100000:65536\n"],
};

const cases: readonly (readonly [Partial<MachineFacts>, readonly string[]])[] = [
  [{}, []],
  [{ sysctls: {} }, []],
  [
    { sysctls: { "kernel.unprivileged_userns_clone": "0\n" } },
    [
      "kernel.unprivileged_userns_clone is 0, so user namespaces are root's alone: sudo sysctl kernel.unprivileged_userns_clone=1",
    ],
  ],
  [
    { sysctls: { "user.max_user_namespaces": "0\n" } },
    [
      "user.max_user_namespaces is 0, so user namespaces are root's alone: sudo sysctl user.max_user_namespaces=15000",
    ],
  ],
  [
    { sysctls: { "kernel.apparmor_restrict_unprivileged_userns": "1\n" } },
    [
      "kernel.apparmor_restrict_unprivileged_userns is 1, so user namespaces are root's alone: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0",
    ],
  ],
  [{ kernel: "5.10" }, ["Linux 5.10 lets root alone mount overlays, Linux 5.11 lets everybody"]],
  [{ kernel: "5.11" }, []],
  [
    { missing: ["newuidmap is not installed: apt-get install uidmap"] },
    ["newuidmap is not installed: apt-get install uidmap"],
  ],
  [
    { uids: [], gids: [], files: ["bob:100000:65536\n", ""] },
    [
      "/etc/subuid gives ann no subordinate user ids: sudo usermod --add-subuids 165536-231071 ann",
      "/etc/subgid gives ann no subordinate group ids: sudo usermod --add-subgids 165536-231071 ann",
    ],
  ],
  [
    { gids: [] },
    [
      "/etc/subgid gives ann no subordinate group ids: sudo usermod --add-subgids 165536-231071 ann",
    ],
  ],
];

test("each thing that an ordinary user lacks is a sentence that says what helps", () => {
  for (const [facts, expected] of cases) {
    assert.deepEqual(obstacles({ ...GOOD, ...facts }), expected, JSON.stringify(facts));
  }
});
