import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { takeUserIds } from "./userIds.ts";

test("ranges are multiples of 65536, unlike each other, and free again", async () => {
  const one = await takeUserIds();
  const two = await takeUserIds();
  assert.ok(one.first >= 65536 && one.first % 65536 === 0);
  assert.ok(two.first > one.first && two.first % 65536 === 0);
  one.free();
  const three = await takeUserIds();
  assert.ok(three.first < two.first, "the freed range, or one that another pod just freed");
  two.free();
  three.free();
});

test("another process cannot have the same, and killed it has none", async () => {
  const script = `import("./src/engines/userIds.ts").then(async ({ takeUserIds }) => {
    console.log((await takeUserIds()).first);
    setInterval(() => {}, 1000);
  });`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [text] = await once(child.stdout, "data");
  const taken = Number(String(text));
  const held: { first: number; free(): void }[] = [];
  for (let count = 0; count < 3; count += 1) held.push(await takeUserIds());
  assert.ok(taken >= 65536);
  assert.ok(held.every(({ first }) => first !== taken));
  for (const { free } of held) free();
  child.kill("SIGKILL");
  await once(child, "close");
  const after = await takeUserIds();
  assert.ok(after.first <= taken);
  after.free();
});
