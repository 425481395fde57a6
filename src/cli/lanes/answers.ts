// `check` of all texts, in the order of the inputs: long texts by several threads, others by this one.
import { type CheckPlan, checkTexts } from "../checkStream.ts";
import type { ReadInput } from "../inputs/mended.ts";
import { gather } from "./gather.ts";
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
    yield* answersTogether(together, plan);
    together = [];
    yield* threads;
  }
  yield* answersTogether(together, plan);
}

function* answersTogether(inputs: readonly ReadInput[], plan: CheckPlan): Generator<LaneAnswer> {
  for (const { pods, errors, skipped } of checkTexts(inputs, plan)) {
    const gathered = gather(plan.form);
    for (const { pod } of pods) gathered.add(pod);
    yield { ...gathered.end(), errors, skipped, values: 0 };
  }
}
