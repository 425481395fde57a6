// Threads that check pieces of a long text side by side, this one too; the answers come in the order of the pieces.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { CheckPlan } from "../checkStream.ts";
import { type LaneAnswer, type LaneTask, laneOf } from "./lane.ts";

const MOST = 4;
/** Pieces that wait at each thread: enough that none is idle, few enough that memory stays small. */
const AHEAD = 3;

/** MiB; a thread keeps nothing of a piece. */
const YOUNG = 8;
/**
 * Per cent that a heap may grow from one collection to the next. V8 lets it grow several times over, which doubles the
 * memory of a command of which each thread keeps next to nothing.
 */
const GROWTH = 90;

export function threadCount(): number {
  if (!existsSync(script())) return 1;
  return Math.min(availableParallelism(), MOST);
}

/** The command's own script starts as a thread too. Asked for late: a start-up snapshot may have been moved since. */
function script(): string {
  return fileURLToPath(new URL("./secctx.cjs", import.meta.url));
}

export async function* answersOf(
  tasks: readonly LaneTask[],
  plan: CheckPlan,
): AsyncGenerator<LaneAnswer> {
  const answers = new Map<number, LaneAnswer>();
  let wake: () => void = () => undefined;
  let failure: Error | undefined;
  let next = 0;
  function give(worker: Worker): void {
    const task = tasks[next];
    if (task === undefined) return;
    worker.postMessage({ index: next, task });
    next += 1;
  }
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  const own = laneOf(plan);
  const others = Math.min(threadCount() - 1, tasks.length);
  const threads = Array.from({ length: others }, () => {
    const worker = new Worker(script(), {
      argv: ["check"],
      workerData: plan,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    });
    worker.on("message", ({ index, answer }: { index: number; answer: LaneAnswer }) => {
      answers.set(index, answer);
      give(worker);
      wake();
    });
    worker.on("error", (error) => {
      failure = error;
      wake();
    });
    return worker;
  });
  try {
    for (let ahead = 0; ahead < AHEAD; ahead += 1) threads.forEach(give);
    for (let index = 0; index < tasks.length; index += 1) {
      for (let answer = answers.get(index); ; answer = answers.get(index)) {
        if (failure !== undefined) throw failure;
        if (answer !== undefined) {
          answers.delete(index);
          yield answer;
          break;
        }
        const task = tasks[next];
        if (task === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        next += 1;
        answers.set(tasks.indexOf(task), own(task));
        // What the others have said meanwhile is heard before the next piece.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  } finally {
    for (const worker of threads) void worker.terminate();
  }
}
