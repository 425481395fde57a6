// `check` of all texts as JSON lines, in the order of the inputs: long texts by several threads, others by this one.
import { type CheckedPart, type CheckPlan, checkTexts } from "../checkStream.ts";
import type { ReadInput } from "../inputs/mended.ts";
import type { LaneAnswer } from "./lane.ts";
import { isLong } from "./long.ts";

export async function* answersTo(
  inputs: readonly ReadInput[],
  plan: CheckPlan,
): AsyncGenerator<LaneAnswer> {
  let together: ReadInput[] = [];
  for (const input of inputs) {
    const threads = isLong(input.text)
      ? (await import("./sideBySide.ts")).sideBySide(input, plan)
      : undefined;
    if (threads === undefined) {
      together.push(input);
      continue;
    }
    for (const part of checkTexts(together, plan)) yield answerOf(part);
    together = [];
    yield* threads;
  }
  for (const part of checkTexts(together, plan)) yield answerOf(part);
}

function answerOf({ pods, errors, skipped }: CheckedPart): LaneAnswer {
  let lines = "";
  // Its numbers are places and counts: none needs the exact writer.
  for (const { pod } of pods) lines += `${JSON.stringify(pod)}\n`;
  const kinds = pods.flatMap(({ pod }) => pod.findings);
  return { lines, pods: pods.length, kinds, errors, skipped, values: 0 };
}
