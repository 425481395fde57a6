import assert from "node:assert/strict";
import { test } from "node:test";
import { LogWriter } from "./logWriter.ts";

const time = "2026-11-28T18:00:00.123456789Z";

async function printed(
  form: { timestamps: boolean; prefix: boolean },
  pieces: readonly (readonly [string, string, boolean?])[],
): Promise<string> {
  let out = "";
  const prefix = (name: string): string => (form.prefix ? `[pod/t/${name}] ` : "");
  const writer = new LogWriter({ timestamps: form.timestamps, prefix }, async (bytes) => {
    out += bytes.toString();
  });
  for (const [name, text, isBegin = true] of pieces) {
    await writer.print(name, [{ time, isBegin, text: Buffer.from(text) }]);
  }
  return out;
}

test("times have nine digits of a second, in their own zone", async () => {
  for (const [told, shown] of [
    ["2026-11-28T18:00:00Z", "2026-11-28T18:00:00.000000000Z"],
    ["2026-11-28T18:00:00.1234+02:00", "2026-11-28T18:00:00.123400000+02:00"],
    ["2026-11-28T18:00:00.123456789Z", "2026-11-28T18:00:00.123456789Z"],
  ] as const) {
    let out = "";
    const writer = new LogWriter({ timestamps: true, prefix: () => "" }, async (bytes) => {
      out += bytes.toString();
    });
    await writer.print("c", [{ time: told, isBegin: true, text: Buffer.from("a\n") }]);
    assert.equal(out, `${shown} a\n`);
  }
});

test("of one container: byte by byte", async () => {
  const pieces = [
    ["c", "a\n"],
    ["c", "> "],
    ["c", "go\n", false],
    ["c", "end"],
  ] as const;
  assert.equal(await printed({ timestamps: false, prefix: false }, pieces), "a\n> go\nend");
  assert.equal(
    await printed({ timestamps: true, prefix: false }, pieces),
    `${time} a\n${time} > go\n${time} end`,
  );
});

test("lines of several containers begin on lines of their own", async () => {
  const pieces = [
    ["c", "> "],
    ["d", "other\n"],
    ["c", "go\n", false],
  ] as const;
  assert.equal(await printed({ timestamps: false, prefix: false }, pieces), "> \nother\ngo\n");
  assert.equal(
    await printed({ timestamps: false, prefix: true }, pieces),
    "[pod/t/c] > \n[pod/t/d] other\n[pod/t/c] go\n",
  );
});
