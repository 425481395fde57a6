// A thread's side: pieces in, answers out.
import { parentPort, workerData } from "node:worker_threads";
import type { CheckPlan } from "../checkStream.ts";
import { type LaneTask, laneOf } from "./lane.ts";

export function serve(): void {
  const lane = laneOf(workerData as CheckPlan);
  const encoder = new TextEncoder();
  parentPort?.on("message", ({ index, task }: { index: number; task: LaneTask }) => {
    const answer = lane(task);
    // Bytes change hands without a copy, and need no room in the other thread's heap.
    const lines = encoder.encode(answer.lines);
    parentPort?.postMessage({ index, answer: { ...answer, lines } }, [lines.buffer]);
  });
}
