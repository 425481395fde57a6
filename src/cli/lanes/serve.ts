// A thread's side: pieces in, answers out.
import { parentPort, workerData } from "node:worker_threads";
import type { CheckPlan } from "../checkStream.ts";
import { type LaneTask, laneOf } from "./lane.ts";

export function serve(): void {
  const lane = laneOf(workerData as CheckPlan);
  parentPort?.on("message", ({ index, task }: { index: number; task: LaneTask }) => {
    parentPort?.postMessage({ index, answer: lane(task) });
  });
}
