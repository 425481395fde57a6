// What is said of pods one after the other, gathered as text and numbers: nothing of a pod itself is kept.
import type { CheckedPod, CheckFinding } from "../../core/answers/checked.ts";
import { addTally, type CheckTally, NOTHING, tallyOf } from "../../report/check/tally.ts";
import { type StreamForm, separatorOf, writerOf } from "./form.ts";

export interface Gathered {
  readonly lines: string;
  readonly tally: CheckTally;
  /** One of each id and severity: whether the command fails is told from them. */
  readonly kinds: readonly CheckFinding[];
}
export interface Gather {
  add(pod: CheckedPod): void;
  end(): Gathered;
}

export function gather(form: StreamForm): Gather {
  const write = writerOf(form);
  const separator = separatorOf(form);
  const kinds = new Map<string, CheckFinding>();
  let lines = "";
  let tally = NOTHING;
  return {
    add(pod) {
      for (const finding of pod.findings) {
        const key = `${finding.id} ${finding.severity}`;
        if (!kinds.has(key)) kinds.set(key, finding);
      }
      const text = write(pod);
      if (text !== "") lines += lines === "" ? text : separator + text;
      tally = addTally(tally, tallyOf([pod]));
    },
    end: () => ({ lines, tally, kinds: [...kinds.values()] }),
  };
}
