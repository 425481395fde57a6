// The form of a streamed answer: what a pod is written as, the same in every thread.
import type { CheckedPod } from "../../core/answers/checked.ts";
import { findingsText } from "../../report/check/text.ts";
import { COLOURED, PLAIN } from "../../report/style.ts";

/** Plain data, so that a thread can be told. */
export type StreamForm =
  | { readonly name: "jsonl" }
  | { readonly name: "text"; readonly columns: number; readonly isColoured: boolean };

/** Empty for a pod that is only counted. */
export type WritePod = (pod: CheckedPod) => string;

export function writerOf(form: StreamForm): WritePod {
  // Its numbers are places and counts: none needs the exact writer.
  if (form.name === "jsonl") return (pod) => `${JSON.stringify(pod)}\n`;
  const { columns, isColoured } = form;
  const options = { style: isColoured ? COLOURED : PLAIN, columns, quiet: true };
  return (pod) => findingsText([pod], options);
}

/** Stands between what two pods are written as. */
export function separatorOf(form: StreamForm): string {
  return form.name === "text" ? "\n" : "";
}
