import assert from "node:assert/strict";
import { test } from "node:test";
import { containersOf, type Pod } from "../model/pod.ts";
import { DEFAULT_WORLD, type World } from "../model/world.ts";
import { determineEffectiveSecurityContext } from "./effective.ts";
import { getImageUser } from "./getImageUser.ts";
import { isRefusal } from "./outcome.ts";
import { verifyRunAsNonRoot } from "./verifyRunAsNonRoot.ts";
import { verifyRunAsNonRootOnWindows } from "./verifyRunAsNonRootOnWindows.ts";

const WHO = '(pod: "p_n(u)", container: c)';
const WORLD: World = {
  ...DEFAULT_WORLD,
  images: {
    u1000: { user: "1000" },
    root: { user: "0" },
    none: { user: "" },
    app: { user: "app" },
    named0: { user: "root" },
    group: { user: ":0" },
    negative: { uid: -1 },
    huge: { uid: 4294967296 },
    last: { uid: 2147483647 },
    admin: { user: "ContainerAdministrator" },
    prototype: { user: "5" },
  },
};

function ask(pod: object, own: object, image: string, world: World = WORLD, windows = false) {
  const spec = { securityContext: pod, containers: [{ name: "c", image, securityContext: own }] };
  const document = { spec } as Pod;
  const [container] = containersOf(document.spec);
  assert.ok(container !== undefined);
  const effective = determineEffectiveSecurityContext(document, container);
  const imageUser = getImageUser(image, world);
  const question = { effective, container, imageUser, pod: "p_n(u)" };
  const verdict = windows
    ? verifyRunAsNonRootOnWindows(question)
    : verifyRunAsNonRoot(question, world);
  return typeof verdict === "object" && isRefusal(verdict) ? verdict.refusal : verdict;
}

const BREAKS = `container's runAsUser breaks non-root policy ${WHO}`;
const ROOT = `container has runAsNonRoot and image will run as root ${WHO}`;
const NAMED = (user: string) =>
  `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${WHO}`;
const RANGE = (uid: string) =>
  `container has runAsNonRoot and image has an invalid user id (${uid}). (Must be 1-(2147483647)): must be between 0 and 2147483647, inclusive ${WHO}`;

test("five ways to be refused, and all the ways through", () => {
  const rows: [string, object, object, string, string | undefined][] = [
    ["nobody asks", {}, {}, "root", undefined],
    ["asked not to", {}, { runAsNonRoot: false }, "root", undefined],
    [
      "the container takes the pod's wish back",
      { runAsNonRoot: true },
      { runAsNonRoot: false },
      "root",
      undefined,
    ],
    ["uid 0 in the container", { runAsNonRoot: true }, { runAsUser: 0 }, "u1000", BREAKS],
    ["uid 0 in the pod", { runAsNonRoot: true, runAsUser: 0 }, {}, "u1000", BREAKS],
    [
      "the container's uid counts, not the image",
      { runAsNonRoot: true },
      { runAsUser: 5 },
      "root",
      undefined,
    ],
    [
      "even an impossible uid of the spec passes",
      { runAsNonRoot: true },
      { runAsUser: -1 },
      "root",
      undefined,
    ],
    ["a uid in the image", { runAsNonRoot: true }, {}, "u1000", undefined],
    ["the last uid", { runAsNonRoot: true }, {}, "last", undefined],
    ["root by the image", { runAsNonRoot: true }, {}, "root", ROOT],
    ["an image without user", { runAsNonRoot: true }, {}, "none", ROOT],
    ["only a group", { runAsNonRoot: true }, {}, "group", ROOT],
    ["a name", { runAsNonRoot: true }, {}, "app", NAMED("app")],
    ["the name root", { runAsNonRoot: true }, {}, "named0", NAMED("root")],
    ["a negative uid", { runAsNonRoot: true }, {}, "negative", RANGE("-1")],
    ["a uid beyond 31 bits", { runAsNonRoot: true }, {}, "huge", RANGE("4294967296")],
    ["privileged changes nothing", { runAsNonRoot: true }, { privileged: true }, "root", ROOT],
    ["an image that nobody knows", { runAsNonRoot: true }, {}, "nosuch", "unknown"],
    [
      "… is not asked for when the spec has a uid",
      { runAsNonRoot: true },
      { runAsUser: 5 },
      "nosuch",
      undefined,
    ],
    [
      "… nor found among the object's own words",
      { runAsNonRoot: true },
      {},
      "constructor",
      "unknown",
    ],
  ];
  for (const [name, pod, own, image, expected] of rows) {
    assert.equal(ask(pod, own, image), expected, name);
  }
});

test("before 1.34 nobody looks at the range of the image's uid", () => {
  const old: World = { ...WORLD, kubernetes: "v1.33" };
  assert.equal(ask({ runAsNonRoot: true }, {}, "huge", old), undefined);
  assert.equal(ask({ runAsNonRoot: true }, {}, "root", old), ROOT);
});

test("the refusal points to the author's line", () => {
  const pod = {
    spec: {
      securityContext: { runAsNonRoot: true },
      containers: [{ name: "c", securityContext: { runAsUser: 0 } }],
    },
  } as Pod;
  const [container] = containersOf(pod.spec);
  assert.ok(container !== undefined);
  const effective = determineEffectiveSecurityContext(pod, container);
  const verdict = verifyRunAsNonRoot(
    { effective, container, imageUser: undefined, pod: "" },
    WORLD,
  );
  assert.ok(typeof verdict === "object");
  assert.equal(verdict.field, "runAsUser");
  assert.deepEqual(verdict.path, ["spec", "containers", 0, "securityContext", "runAsUser"]);
});

test("Windows knows one root, by name and in any case", () => {
  const by = (user: string) => ({ windowsOptions: { runAsUserName: user } });
  const rows: [object, object, string, string | undefined][] = [
    [{ runAsNonRoot: true }, by("ContainerUser"), "admin", undefined],
    [
      { runAsNonRoot: true },
      by("containeradministrator"),
      "app",
      `container's runAsUserName (containeradministrator) which will be regarded as root identity and will break non-root policy ${WHO}`,
    ],
    [
      { runAsNonRoot: true },
      {},
      "admin",
      `container's runAsUser (ContainerAdministrator) which will be regarded as root identity and will break non-root policy ${WHO}`,
    ],
    [{ runAsNonRoot: true }, {}, "none", undefined],
    [{ runAsNonRoot: true }, { runAsUser: 0 }, "app", undefined],
    [{ runAsNonRoot: true }, {}, "nosuch", "unknown"],
    [{}, by("ContainerAdministrator"), "admin", undefined],
  ];
  for (const [pod, own, image, expected] of rows) {
    assert.equal(ask(pod, own, image, WORLD, true), expected, image);
  }
});
