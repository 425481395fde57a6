// `check` of much: every pod is written when it is checked, and only numbers are kept of it.
import type { CheckFinding, SkippedDocument } from "../core/answers/checked.ts";
import type { ManifestError } from "../core/manifest/manifest.ts";
import { addTally, NOTHING } from "../report/check/tally.ts";
import { checkText, FEW } from "../report/check/text.ts";
import { COLOURED } from "../report/style.ts";
import { checkExitCode } from "./checkExitCode.ts";
import { type Output, tellSummary } from "./checkOutputs.ts";
import type { CheckPlan } from "./checkStream.ts";
import type { OptionValues } from "./command.ts";
import type { ReadInput } from "./inputs/mended.ts";
import type { Texts } from "./inputs/texts.ts";
import { answersTo } from "./lanes/answers.ts";
import { type StreamForm, separatorOf } from "./lanes/form.ts";
import { isLong } from "./lanes/long.ts";
import { optimiseLater } from "./lanes/patience.ts";
import { styleOf } from "./options.ts";
import { terminalWidth } from "./terminalWidth.ts";

interface Streaming {
  readonly fails: (one: CheckFinding) => boolean;
  readonly options: OptionValues;
}

/**
 * Can the answer be written pod by pod? Every other form has to know all of it first; and the text of few pods shows the
 * clean ones, too.
 */
export function isStream(outputs: readonly Output[], inputs: readonly ReadInput[]): boolean {
  const [output, ...others] = outputs;
  if (output === undefined || others.length > 0 || output.file !== undefined) return false;
  if (output.form === "jsonl") return true;
  return output.form === "text" && areLong(inputs);
}

/** All of them together. */
export function areLong(inputs: readonly ReadInput[]): boolean {
  let length = 0;
  for (const { text } of inputs) length += text.length;
  return isLong({ length });
}

export function streamForm(outputs: readonly Output[], options: OptionValues): StreamForm {
  if (outputs[0]?.form !== "text") return { name: "jsonl" };
  const isColoured = styleOf(options, process.stdout) === COLOURED;
  return { name: "text", columns: terminalWidth(process.stdout), isColoured };
}

/** @returns the exit code; undefined where nothing was written, for there are too few pods to tell them so */
export async function streamed(
  texts: Texts,
  plan: CheckPlan,
  { fails, options }: Streaming,
): Promise<number | undefined> {
  optimiseLater();
  const few = plan.form.name === "text" ? FEW : 0;
  const writer = streamWriter(separatorOf(plan.form));
  const errors: ManifestError[] = [...texts.errors];
  const skipped: SkippedDocument[] = [...texts.skipped];
  let tally = NOTHING;
  let hasFailed = false;
  for await (const answer of answersTo(texts.inputs, plan)) {
    errors.push(...answer.errors);
    skipped.push(...answer.skipped);
    tally = addTally(tally, answer.tally);
    hasFailed ||= answer.kinds.some(fails);
    writer.add(answer.lines);
    if (tally.pods > few) writer.flush();
  }
  if (tally.pods <= few && plan.form.name === "text") return undefined;
  const { files } = texts;
  const isNoneAllowed = options["allowNone"] === true;
  const untoldFixes = tally.pods - tally.clean;
  const rest = {
    ...{ pods: [], errors, skipped, files, unusedSuppressions: [], isNoneAllowed },
    untoldFixes,
  };
  if (plan.form.name === "text") {
    const style = styleOf(options, process.stdout);
    const { columns } = plan.form;
    const quiet = options["quiet"] === true;
    writer.add(checkText(rest, { style, columns, quiet, tally }));
  }
  writer.end();
  if (plan.form.name !== "text") tellSummary(rest, tally.pods, options);
  return checkExitCode({ pods: tally.pods, errors: errors.length, hasFailed }, options);
}

const BATCH = 64 * 1024;

interface StreamWriter {
  add(lines: string | Uint8Array): void;
  /** What waits is written as soon as it is worth a system call. */
  flush(): void;
  end(): void;
}

function streamWriter(separator: string): StreamWriter {
  let waiting: (string | Uint8Array)[] = [];
  let length = 0;
  let isFirst = true;
  function write(): void {
    for (const lines of joined(waiting)) process.stdout.write(lines);
    waiting = [];
    length = 0;
  }
  return {
    add(lines) {
      if (lines.length === 0) return;
      if (!isFirst && separator !== "") waiting.push(separator);
      isFirst = false;
      waiting.push(lines);
      length += lines.length;
    },
    flush() {
      if (length >= BATCH) write();
    },
    end: write,
  };
}

/** Neighbouring texts become one: a system call for every line would cost more than the line. */
function joined(parts: readonly (string | Uint8Array)[]): (string | Uint8Array)[] {
  const all: (string | Uint8Array)[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}
