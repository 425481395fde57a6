// Where on the command line another program's command begins: its options are its own, with or without `--` before it.
import type { OptionSpec } from "./command.ts";

/**
 * @param words after the command's name
 * @param operands how many words that are no options stand before the other program's command
 * @returns the words with `--` before that command; as they are where none is, or `--` was written
 */
export function withDashes(
  words: readonly string[],
  operands: number,
  options: readonly OptionSpec[],
): readonly string[] {
  let seen = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    if (word === "--") return words;
    if (word.startsWith("-") && word !== "-") {
      if (takesNext(word, options)) index += 1;
    } else if (seen < operands) seen += 1;
    else return [...words.slice(0, index), "--", ...words.slice(index)];
  }
  return words;
}

/** `--levl=x` → `--levl`: what may have been meant is found by the name alone. @param words after the command's name */
export function unknownAlone(
  words: readonly string[],
  options: readonly OptionSpec[],
): readonly string[] {
  const end = words.includes("--") ? words.indexOf("--") : words.length;
  return words.map((word, index) => {
    const [, flag] = /^(--[^=]+)=/s.exec(word) ?? [];
    if (flag === undefined || index > end || isKnown(flag, options)) return word;
    const before = words[index - 1] ?? "";
    return before.startsWith("-") && takesNext(before, options) ? word : flag;
  });
}

/** Of letters in one word (`-itc app`), the first that has a value has the rest of the word, or the next word. */
export function takesNext(word: string, options: readonly OptionSpec[]): boolean {
  if (word.startsWith("--")) return hasValue(word, options);
  const letters = [...word.slice(1)];
  const first = letters.findIndex((letter) => hasValue(`-${letter}`, options));
  return first >= 0 && first === letters.length - 1;
}

/** Is it an option of the command that has a value? */
export function hasValue(flag: string, options: readonly OptionSpec[]): boolean {
  return isKnown(
    flag,
    options.filter(({ flags }) => flags.includes("<")),
  );
}

function isKnown(flag: string, options: readonly OptionSpec[]): boolean {
  return options.some(({ flags }) => flags.split(/[ ,]+/).includes(flag));
}
