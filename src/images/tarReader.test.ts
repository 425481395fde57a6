import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dir } from "../../test/imageBench.ts";
import { tar } from "../../tools/tarWriter.ts";
import { tarReader } from "./tarReader.ts";

test("whatever bytes come, the reader ends with an answer or a known error", () => {
  const wellFormed = tar([
    { name: "a", content: "x".repeat(600), xattrs: { "user.x": Buffer.from([0, 1, 10, 255]) } },
    dir("b".repeat(150)),
  ]);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(wellFormed.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.integer({ min: 1, max: 700 }),
      fc.nat(wellFormed.length),
      (changes, step, end) => {
        const data = Buffer.from(wellFormed.subarray(0, end));
        for (const [at, byte] of changes) if (at < data.length) data[at] = byte;
        let bytes = 0;
        const reader = tarReader({
          entry: () => undefined,
          content: (chunk) => {
            bytes += chunk.length;
          },
          entryEnd: () => undefined,
        });
        try {
          for (let at = 0; at < data.length; at += step) reader.push(data.subarray(at, at + step));
          reader.end();
        } catch (error) {
          assert.equal((error as Error).constructor.name, "TarError");
        }
        assert.ok(bytes <= data.length);
      },
    ),
    { numRuns: 500 },
  );
});
