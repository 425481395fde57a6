// What a workload calls things, each with its stand-in: equal names have equal stand-ins, others others.
import { compareGoStrings } from "../../rules/goText.ts";

export interface Names {
  /** The stand-in of a name; the name itself where it is not plain. */
  of(name: string): string;
  ofLabel(value: string): string;
  /** Of a text whose form was looked at. */
  ofText(text: string): string;
  ofContainer(name: string): string;
  /** Does `text` hold the stand-ins that were given out, and nothing that looks like one? */
  areAllIn(text: string): boolean;
  /** By the number in the stand-in. */
  readonly actual: readonly string[];
}

/** A stand-in is a plain name itself: `zq007z`. */
const MARK = "zq";
const DIGITS = 3;
const MOST = 10 ** DIGITS;

/**
 * Short enough for every limit on names, those of names that are made of several included; no prefix that Kubernetes
 * keeps for itself.
 */
export const PLAIN_NAME: RegExp = /^(?!kube|system)[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?$/;
export const PLAIN_LABEL: RegExp = /^[A-Za-z0-9](?:[-\w.]{0,38}[A-Za-z0-9])?$/;

/** @param containers messages tell several of them in the order of their names: their stand-ins have the same */
export function namesOf(containers: readonly string[]): Names {
  const tokens = new Map<string, string>();
  const actual: string[] = [];
  let given = 0;
  let isAmbiguous = false;
  function tokenOf(name: string): string {
    const before = tokens.get(name);
    if (before !== undefined) return before;
    const token = `${MARK}${String(actual.length).padStart(DIGITS, "0")}z`;
    if (actual.length === MOST) isAmbiguous = true;
    tokens.set(name, token);
    actual.push(name);
    return token;
  }
  function standIn(name: string): string {
    given += 1;
    return tokenOf(name);
  }
  function of(name: string): string {
    return PLAIN_NAME.test(name) ? standIn(name) : name;
  }
  const arePlain = containers.every((name) => PLAIN_NAME.test(name));
  if (arePlain) for (const name of containers.toSorted(compareGoStrings)) tokenOf(name);
  return {
    of,
    ofLabel: (value) => (PLAIN_LABEL.test(value) ? standIn(value) : value),
    ofText: standIn,
    ofContainer: (name) => (arePlain ? standIn(name) : name),
    areAllIn: (text) => !isAmbiguous && count(text) === given,
    actual,
  };
}

function count(text: string): number {
  let found = 0;
  for (let at = text.indexOf(MARK); at !== -1; at = text.indexOf(MARK, at + MARK.length)) {
    found += 1;
  }
  return found;
}
