import assert from "node:assert/strict";
import { test } from "node:test";
import type { ImageFacts } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type DockerInput, docker } from "./docker.ts";

const FILES = {
  passwd: "root:x:0:0::/root:/bin/sh\napp:x:1234:1234::/:/bin/sh\nsvc:x:1500:1600::/:/bin/sh\n",
  group: "root:x:0:\nwheel:x:10:root,app\nextra:x:5000:app\nshared:x:7000:svc,app\n",
};

function ask(user: string, GroupAdd: readonly string[] = [], more: Partial<DockerInput> = {}) {
  const image: ImageFacts = { user: "", ...FILES, ...more.image };
  const world = composeWorld({ runtime: { name: "docker" } });
  const input = { config: { User: user }, hostConfig: { GroupAdd }, ...more, image };
  return docker(input, world).out;
}

interface UserRow {
  readonly user: string;
  readonly groupAdd?: readonly string[];
  readonly image?: ImageFacts;
  readonly is: readonly [uid: number, gid: number, groups: readonly number[]];
}

const USERS: readonly UserRow[] = [
  { user: "", is: [0, 0, [0, 10]] },
  { user: "1000", is: [1000, 0, [0]] },
  { user: "1234", is: [1234, 1234, [1234, 10, 5000, 7000]] },
  { user: "app", is: [1234, 1234, [1234, 10, 5000, 7000]] },
  // With a group of its own there are no others.
  { user: "app:extra", is: [1234, 5000, [5000]] },
  { user: "1234:1234", is: [1234, 1234, [1234]] },
  { user: ":3000", is: [0, 3000, [3000]] },
  { user: "app:", is: [1234, 1234, [1234, 10, 5000, 7000]] },
  { user: "app:extra:more", is: [1234, 5000, [5000]] },
  { user: "+7", is: [7, 0, [0]] },
  { user: "svc", groupAdd: ["2000", "extra"], is: [1500, 1600, [1600, 7000, 2000, 5000]] },
  // What is added twice is there once, but what the image gave stays beside it.
  { user: "1000", groupAdd: ["2000", "2000"], is: [1000, 0, [0, 2000]] },
  { user: "0", groupAdd: ["10"], is: [0, 0, [0, 10, 10]] },
  { user: "", image: { user: "svc" }, is: [1500, 1600, [1600, 7000]] },
  { user: "0", image: { user: "svc:extra" }, is: [0, 0, [0, 10]] },
];

for (const { user, groupAdd, image, is } of USERS) {
  const added = groupAdd === undefined ? "" : ` and groups ${groupAdd.join()}`;
  test(`user "${user}"${added} in an image of "${image?.user ?? ""}"`, () => {
    const [uid, gid, additionalGids] = is;
    const out = ask(user, groupAdd, image === undefined ? {} : { image });
    assert.deepEqual(out.spec?.process?.user, { uid, gid, additionalGids });
  });
}

const OUT_OF_RANGE = "uids and gids must be in range 0-2147483647";
const REFUSED: readonly (readonly [user: string, groupAdd: readonly string[], error: string])[] = [
  ["nobody", [], "unable to find user nobody: no matching entries in passwd file"],
  ["App", [], "unable to find user App: no matching entries in passwd file"],
  ["app:nogrp", [], "unable to find group nogrp: no matching entries in group file"],
  ["-1", [], OUT_OF_RANGE],
  ["2147483648", [], OUT_OF_RANGE],
  ["0:2147483648", [], OUT_OF_RANGE],
  [
    "99999999999999999999",
    [],
    "unable to find user 99999999999999999999: no matching entries in passwd file",
  ],
  ["", ["-1"], OUT_OF_RANGE],
  ["", ["nogrp"], "Unable to find group nogrp: no matching entries in group file"],
  // The second time a name is not found any more.
  ["", ["extra", "extra"], "Unable to find group extra: no matching entries in group file"],
];

for (const [user, groupAdd, error] of REFUSED) {
  test(`user "${user}" and groups "${groupAdd.join()}" are refused`, () => {
    assert.deepEqual(ask(user, groupAdd), { step: "start", error });
  });
}

test("without files a name is nobody", () => {
  const out = docker(
    { config: { User: "app" }, hostConfig: {}, image: { user: "" } },
    composeWorld({ runtime: { name: "docker" } }),
  ).out;
  assert.equal(out.error, "unable to find user app: no matching entries in passwd file");
});

test("what nobody knows is marked, and a name left out", () => {
  const unknown = (config: { readonly User?: string }, image: ImageFacts) =>
    docker(
      { config, hostConfig: {}, image, imageFilesUnknown: true },
      composeWorld({ runtime: { name: "docker" } }),
    ).out;
  const byUid = unknown({ User: "1000" }, {});
  assert.deepEqual(byUid.unknown, ["image.passwd"]);
  assert.deepEqual(byUid.spec?.process?.user, { uid: 1000, gid: 0, additionalGids: [0] });
  const byName = unknown({ User: "app" }, {});
  assert.deepEqual(byName.unknown, ["image.passwd"]);
  assert.equal(byName.spec?.process?.user, undefined);
  const byImage = unknown({}, {});
  assert.deepEqual(byImage.unknown, ["image.user"]);
  assert.equal(byImage.spec?.process?.user, undefined);
});
