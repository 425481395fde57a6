// `-f FILE` as kubectl has it: what it names stands among the arguments, in the order in which everything was named.
import type { OptionSpec } from "./command.ts";
import { hasValue, takesNext } from "./commandWords.ts";

export const FILENAME_OPTION: OptionSpec = {
  flags: "-f, --filename <file>",
  description: "the same as an argument, as kubectl has it",
  repeatable: true,
};

const LONG = "--filename";

/** @param words after the command's name @returns them with files as arguments; an option without its file stays */
export function filesAsArguments(
  words: readonly string[],
  options: readonly OptionSpec[],
): readonly string[] {
  const read: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const next = words[index + 1];
    if (word === "--") return [...read, ...words.slice(index)];
    const { before, value } = namedIn(word, options);
    if (before === undefined) {
      read.push(word);
      // The value of another option is no option.
      if (next !== undefined && word.startsWith("-") && takesNext(word, options)) {
        read.push(next);
        index += 1;
      }
    } else if (value === "" && next === undefined) read.push(word);
    else {
      if (before !== "") read.push(before);
      read.push(...(value === "" ? (next ?? "") : value).split(",").map(asArgument));
      if (value === "") index += 1;
    }
  }
  return read;
}

/** `--filename=a`, `-fa`, `-qf`: the letters before it, and what stands behind it in the same word. */
function namedIn(
  word: string,
  options: readonly OptionSpec[],
): { readonly before?: string; readonly value: string } {
  if (word === LONG) return { before: "", value: "" };
  if (word.startsWith(`${LONG}=`)) return { before: "", value: word.slice(LONG.length + 1) };
  if (!/^-[^-]/.test(word)) return { value: "" };
  const letters = [...word.slice(1)];
  const first = letters.findIndex((letter) => hasValue(`-${letter}`, options));
  if (letters[first] !== "f") return { value: "" };
  const before = first === 0 ? "" : `-${letters.slice(0, first).join("")}`;
  return {
    before,
    value: letters
      .slice(first + 1)
      .join("")
      .replace(/^=/, ""),
  };
}

/** A name that begins as an option does. */
function asArgument(file: string): string {
  return file.startsWith("-") && file !== "-" ? `./${file}` : file;
}
