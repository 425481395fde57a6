import assert from "node:assert/strict";
import { test } from "node:test";
import type { TerminalSize } from "../engine.ts";
import { fitTerminal } from "./fitTerminal.ts";

test("sizes go one after the other, and the newest last", async () => {
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  let tell: (size: TerminalSize) => void = () => {};
  const terminal = {
    resize({ w }: { readonly w: number }): Promise<void> {
      asked.push(w);
      return new Promise((resolve, reject) => {
        answers.push(w === 100 ? () => reject(new Error("not yet")) : resolve);
      });
    },
  };
  const input = process.stdin;
  const onSize = (told: typeof tell): void => {
    tell = told;
  };
  fitTerminal(terminal, { input, size: { rows: 1, columns: 80 }, onSize });
  for (const columns of [90, 95, 100]) tell({ rows: 1, columns });
  assert.deepEqual(asked, [80]);
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  await answer();
  assert.deepEqual(asked, [80, 100]);
  await answer();
  tell({ rows: 1, columns: 120 });
  assert.deepEqual(asked, [80, 100, 120]);
});
