// A long text's answers from several threads: the same lines, errors and limits as from one.
import { excerptOf } from "../../core/manifest/excerpt.ts";
import { MAX_DOCUMENTS, MAX_VALUES } from "../../core/manifest/limits.ts";
import type { ManifestError } from "../../core/manifest/manifest.ts";
import { positionsOf } from "../../core/manifest/positions.ts";
import { piecesOf } from "../../core/manifest/segments.ts";
import { NOTHING } from "../../report/check/tally.ts";
import type { CheckPlan } from "../checkStream.ts";
import { mendedErrors, type ReadInput } from "../inputs/mended.ts";
import { type LaneAnswer, type LaneTask, laneOf } from "./lane.ts";
import { answersOf, threadCount } from "./threads.ts";

/** Small: what is said of a piece is kept until it is whole. */
const PIECE = 24 * 1024;

/** Undefined where it would not pay or cannot be: one core, JSON, a separator that is none. */
export function sideBySide(
  input: ReadInput,
  plan: CheckPlan,
): AsyncGenerator<LaneAnswer> | undefined {
  const { file, text } = input;
  if (threadCount() < 2) return undefined;
  const tasks = piecesOf(text, PIECE)?.map((piece) => ({ file, piece }));
  return tasks === undefined ? undefined : inOrder(input, withinLimits(tasks, plan));
}

/** The limits of the whole text: where its values become too many, the piece is read again, knowing of those before it. */
async function* withinLimits(
  tasks: readonly LaneTask[],
  plan: CheckPlan,
): AsyncGenerator<LaneAnswer> {
  let values = 0;
  let index = 0;
  for await (const answer of answersOf(tasks, plan)) {
    const task = tasks[index];
    index += 1;
    if (task === undefined || task.piece.document > MAX_DOCUMENTS) return;
    if (values + answer.values > MAX_VALUES) {
      yield laneOf(plan)({ ...task, piece: { ...task.piece, values } });
      return;
    }
    values += answer.values;
    yield answer;
  }
}

async function* inOrder(
  input: ReadInput,
  answers: AsyncGenerator<LaneAnswer>,
): AsyncGenerator<LaneAnswer> {
  const errors: ManifestError[] = [];
  for await (const answer of answers) {
    errors.push(...answer.errors);
    yield { ...answer, errors: [] };
  }
  if (errors.length === 0 && input.broken.length === 0) return;
  const positions = positionsOf(input.text);
  const whole = errors.map((error) => ({
    ...error,
    excerpt: excerptOf(positions, { line: error.line, column: error.column, offset: 0 }),
  }));
  const nothing = { lines: "", tally: NOTHING, kinds: [], values: 0 };
  yield { ...nothing, ...mendedErrors(input, whole) };
}
