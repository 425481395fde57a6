// What `run` prints: logs on stdout (containers' stderr on stderr), everything of secctx's own on stderr, or one document.
import type { Journey } from "../core/journey.ts";
import { containersOf } from "../core/model/pod.ts";
import { writeJson } from "../core/rules/json.ts";
import type { SentDocument } from "../engines/engine.ts";
import { statusWithNotes } from "../lifecycle/endNotes.ts";
import type { PodNow } from "../lifecycle/podRun.ts";
import { type PodStatus, podWithStatus } from "../lifecycle/podStatus.ts";
import { podOf, type RunAnswer } from "../lifecycle/runAnswer.ts";
import type { StatusLine } from "../lifecycle/statusLine.ts";
import { printable } from "../report/columns.ts";
import { endText, eventText, probeText, type RunTerminal, runHead } from "../report/runText.ts";
import { sentText, statusLineText } from "../report/watchText.ts";
import { attachedContainer } from "./attach.ts";
import type { OptionValues } from "./command.ts";
import { LogPrinter } from "./logPrinter.ts";
import { styleOf } from "./options.ts";
import { warningText } from "./warningText.ts";
import { kubectlYaml } from "./yamlText.ts";

/** Exit code where secctx itself could not run the pod. */
export const COULD_NOT_RUN = 125;

export interface Printer {
  /** As kubectl prints what the API server warns about, with what helps and where it stands. */
  warn(journey: Journey): void;
  begin(journey: Journey, engine: RunAnswer["engine"]): void;
  /** Own words, said at once. */
  note(sentence: string): void;
  event(event: RunAnswer["events"][number]): void;
  log(container: string, stream: "stdout" | "stderr", bytes: Buffer): void;
  /** A line when the one before says something else. */
  status(now: PodNow): void;
  sent(document: SentDocument): void;
  /** @returns what whoever started a pod that is left running is given of it */
  left(answer: RunAnswer, journey: Journey, status: PodStatus): Promise<string>;
  /** @returns the exit code */
  end(answer: RunAnswer, journey: Journey, status?: PodStatus): Promise<number>;
}

export function printer(options: OptionValues): Printer {
  const style = styleOf(options, process.stderr);
  const columns = Math.max(60, Math.min(process.stderr.columns ?? 80, 120));
  const terminal = { style, columns, isScreen: process.stderr.isTTY };
  const text = options["output"] === "text";
  const own = text && options["quiet"] !== true;
  const noted: string[] = [];
  let logs: LogPrinter | undefined;
  let line: StatusLine | undefined;
  return {
    warn(journey) {
      if (own) process.stderr.write(warningText(journey, style));
    },
    begin(journey, engine) {
      if (own) process.stderr.write(runHead(podOf(journey), engine, terminal));
      const names = containersOf(journey.pod?.spec ?? { containers: [] });
      logs = new LogPrinter({
        names: names.map(({ container }) => container.name),
        prefix: options["prefix"] !== false,
        plain: terminalOf(journey, options),
        style: styleOf(options, process.stdout),
        write: (stream, bytes) => void process[stream].write(bytes),
      });
    },
    note(sentence) {
      noted.push(sentence);
      if (own) process.stderr.write(`secctx: ${printable(sentence)}\n`);
    },
    event(event) {
      if (own || (text && event.type === "Warning"))
        process.stderr.write(eventText(event, terminal));
    },
    log(container, stream, bytes) {
      if (text) logs?.print(container, stream, bytes);
    },
    status(now) {
      process.stderr.write(statusLineText(now.line, line));
      line = now.line;
    },
    sent(document) {
      if (document.form === options["show"]) process.stderr.write(sentText(document));
    },
    async left(answer, journey, status) {
      if (text) return `${answer.id}\n`;
      const whole = withNotes(answer, noted);
      return documentText(whole, podOfRun(journey, whole, status), String(options["output"]));
    },
    async end(answer, journey, status) {
      logs?.end();
      if (text) {
        if (own || answer.exitCode === COULD_NOT_RUN) {
          process.stderr.write(await endOf(answer, journey, terminal));
        }
        process.stdout.write(
          probeText(
            answer.containers,
            { style: styleOf(options, process.stdout), columns },
            journey.document.file,
          ),
        );
      } else if (answer.phase === null && options["output"] === "yaml") {
        // There is no such pod, and nothing else in its document could say why.
        process.stderr.write(await endOf(answer, journey, terminal));
      } else {
        const form = String(options["output"]);
        const pod = podOfRun(journey, answer, status);
        process.stdout.write(await documentText(withNotes(answer, noted), pod, form));
      }
      const differs = answer.containers.some(({ differences }) => (differences ?? []).length > 0);
      return differs ? 1 : answer.exitCode;
    },
  };
}

/** Of a pod that never was: why, line by line as `check` says it. */
async function endOf(answer: RunAnswer, journey: Journey, terminal: RunTerminal): Promise<string> {
  if (answer.phase !== null) return endText(answer, terminal);
  // What only a refusal needs costs no start-up time.
  const { refusalText } = await import("./refusalText.ts");
  const why = refusalText(journey, terminal);
  return why === ""
    ? endText(answer, terminal)
    : why + endText({ ...answer, message: "" }, terminal);
}

/** The container at whose terminal somebody sits. */
function terminalOf({ pod }: Journey, options: OptionValues): string | undefined {
  const at = pod === null || options["detach"] === true ? undefined : attachedContainer(pod);
  return at?.container.tty === true ? at.container.name : undefined;
}

/** Text has told them at once, and of the Pod they are no part. */
function withNotes(answer: RunAnswer, noted: readonly string[]): RunAnswer {
  if (noted.length === 0) return answer;
  return { ...answer, notes: [...noted, ...(answer.notes ?? [])] };
}

/** As the API would show it. */
function podOfRun({ pod }: Journey, { notes }: RunAnswer, status: PodStatus | undefined): object {
  return podWithStatus(pod, status && statusWithNotes(status, notes));
}

async function documentText(answer: RunAnswer, pod: object, form: string): Promise<string> {
  return form === "json" ? `${writeJson(answer)}\n` : kubectlYaml(pod);
}
