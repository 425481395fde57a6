// The text of an environment file: `NAME='value'`, nothing else.
import { VolumeError } from "./failure.ts";

/** Go's scanner takes no longer line, in bytes. */
const LONGEST_LINE = 64 * 1024 - 1;

const COULD_NOT = "couldn't parse env file";

/**
 * The value of the first variable of that name; "" when there is none, as of one that is set to nothing. What stands below it
 * is not looked at.
 * @throws VolumeError in the kubelet's words, which tell no place
 * @see kubernetes v1.37.2 pkg/kubelet/util/env/env_util.go ParseEnv
 */
export function parseEnv(text: string, key: string): string {
  const lines = text.split("\n");
  for (let line = next(lines); line !== undefined; line = next(lines)) {
    const told = trimmed(line);
    if (told === "" || told.startsWith("#")) continue;
    const [, name, value] = /^([^=]*[^= \t])=(.*)$/s.exec(told) ?? [];
    if (name === undefined || value === undefined) throw new VolumeError(COULD_NOT);
    // As a shell: nothing is set where a space stands before the value.
    const read = value === trimmed(value) ? quoted(value, lines) : "";
    if (name === key) return read;
  }
  return "";
}

/** Takes as many of the next lines as it needs. */
function quoted(value: string, lines: string[]): string {
  if (!value.startsWith("'")) throw new VolumeError(COULD_NOT);
  let read = "";
  let rest = value.slice(1);
  while (!rest.includes("'")) {
    read += `${rest}\n`;
    const line = next(lines);
    if (line === undefined) throw new VolumeError(COULD_NOT);
    rest = line;
  }
  const end = rest.indexOf("'");
  const after = trimmed(rest.slice(end + 1));
  if (after !== "" && !after.startsWith("#")) throw new VolumeError(COULD_NOT);
  return read + rest.slice(0, end);
}

/** Takes a line, of which Go drops a carriage return at its end; there is none after the last newline. */
function next(lines: string[]): string | undefined {
  const line = lines.shift();
  if (line === undefined || (line === "" && lines.length === 0)) return undefined;
  if (Buffer.byteLength(line) > LONGEST_LINE) throw new VolumeError(COULD_NOT);
  return line.replace(/\r$/, "");
}

function trimmed(text: string): string {
  return text.replace(/^[ \t]+/, "");
}
