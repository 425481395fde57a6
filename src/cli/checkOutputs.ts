// Where `check` writes its answer: standard output and files, each in the form that was asked for.
import type { CheckReport } from "../core/answers/checked.ts";
import { CHECK_FORMS, type FormOptions } from "../report/check/forms.ts";
import { checkText } from "../report/check/text.ts";
import { PLAIN } from "../report/style.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { styleOf } from "./options.ts";
import { writeWhole } from "./replaceFile.ts";
import { terminalWidth } from "./terminalWidth.ts";
import { VERSION } from "./version.ts";
import { yamlText } from "./yamlText.ts";

export const CHECK_OUTPUTS: readonly string[] = [...Object.keys(CHECK_FORMS), "yaml"];

export interface Output {
  readonly form: string;
  /** Absent: standard output. */
  readonly file?: string;
}

/** @throws UsageError for an unknown form, and for two that would go to standard output */
export function checkOutputs(options: OptionValues): readonly Output[] {
  const told = options["output"];
  const words: readonly string[] = Array.isArray(told) && told.length > 0 ? told : ["text"];
  const outputs = words.map((word) => {
    const at = word.indexOf("=");
    const form = at < 0 ? word : word.slice(0, at);
    if (!CHECK_OUTPUTS.includes(form)) {
      throw new UsageError(`--output ${word}: the forms are ${CHECK_OUTPUTS.join(", ")}`);
    }
    const file = at < 0 ? "-" : word.slice(at + 1);
    if (file === "") throw new UsageError(`--output ${word}: name the file behind ${form}=`);
    return file === "-" ? { form } : { form, file };
  });
  if (outputs.filter((output) => !("file" in output)).length > 1) {
    throw new UsageError(
      "--output: only one form can go to standard output; write the others as FORM=FILE",
    );
  }
  return outputs;
}

/** What was skipped or could not be read is told on standard error where standard output is for programs. */
export async function writeOutputs(
  report: CheckReport,
  outputs: readonly Output[],
  options: OptionValues,
  fails: NonNullable<FormOptions["fails"]>,
): Promise<void> {
  const columns = terminalWidth(process.stdout);
  const quiet = options["quiet"] === true;
  const plain: FormOptions = { style: PLAIN, columns, quiet, version: VERSION, fails };
  for (const { form, file } of outputs) {
    if (file !== undefined) writeWhole(file, await formed(report, form, plain));
    else
      process.stdout.write(
        await formed(report, form, { ...plain, style: styleOf(options, process.stdout) }),
      );
  }
  const isTold = outputs.some(({ form, file }) => form === "text" && file === undefined);
  if (!isTold) tellSummary({ ...report, pods: [] }, report.pods.length, options);
}

/** On standard error: what was counted, skipped and not read. @param counted pods that are told elsewhere */
export function tellSummary(report: CheckReport, counted: number, options: OptionValues): void {
  const quiet = options["quiet"] === true;
  if (quiet && report.errors.length === 0 && counted > 0) return;
  const style = styleOf(options, process.stderr);
  process.stderr.write(
    checkText(report, { style, columns: terminalWidth(process.stderr), quiet, counted }),
  );
}

async function formed(report: CheckReport, form: string, options: FormOptions): Promise<string> {
  const write = CHECK_FORMS[form];
  return write === undefined ? yamlText(report.pods) : write(report, options);
}
