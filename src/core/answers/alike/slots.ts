// Places in a manifest's text where another value makes no other verdict: what may stand there to be sure of it unread.
import { resolveScalar } from "../../manifest/yaml/resolve.ts";
import { PLAIN_LABEL, PLAIN_NAME } from "./names.ts";
import { FIRST_KEPT, UNPRIVILEGED } from "./numbers.ts";
import { IMAGE } from "./withStandIns.ts";

export type SlotKind = "name" | "container" | "label" | "image" | "text" | "id" | "port" | "count";

/** The rest of its line, but for a closing quote, is empty. */
export interface Slot {
  readonly kind: SlotKind;
  readonly quote: "" | "'" | '"';
}

/** Also where YAML would read no string: who asks leaves such a text alone. */
export function hasStandIn(kind: SlotKind, text: string): boolean {
  switch (kind) {
    case "name":
    case "container":
      return PLAIN_NAME.test(text);
    case "label":
      return PLAIN_LABEL.test(text);
    case "image":
      return IMAGE.test(text);
    case "port":
      return !/^\d+$/.test(text) || Number(text) >= UNPRIVILEGED;
    case "id":
      return text !== "0";
    default:
      return false;
  }
}

/** Of a text as it is written between the quotes: is it certainly read as what a stand-in stands for? */
export function fits({ kind, quote }: Slot, text: string): boolean {
  switch (kind) {
    case "id":
    case "count":
      return quote === "" && isNumber(text, 1);
    case "port":
      return quote === "" && isNumber(text, UNPRIVILEGED);
    case "text":
      return quote === "" ? PLAIN_WORDS.test(text) && isString(text) : QUOTED.test(text);
    default:
      return hasStandIn(kind, text) && (quote !== "" || (LETTER.test(text) && isString(text)));
  }
}

const NUMBER = /^[1-9]\d{0,4}$/;

function isNumber(text: string, from: number): boolean {
  return NUMBER.test(text) && Number(text) >= from && Number(text) < FIRST_KEPT;
}

/** Nothing that YAML gives a meaning: no colon before a blank, no number sign behind one. */
const PLAIN_WORDS = /^[A-Za-z][-\w./=,@]*(?::[-\w./=,@]+)*$/;
const QUOTED = /^[ !#%&(-[\]-~]{1,400}$/;
const LETTER = /^[A-Za-z]/;
/** `false`, the longest of YAML's words that are no strings. */
const LONGEST_WORD = 5;

/** @param text begins with a letter, so it is no number */
function isString(text: string): boolean {
  return text.length > LONGEST_WORD || typeof resolveScalar("", text, true) === "string";
}
