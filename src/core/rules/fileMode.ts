// File modes as numbers, as octal text and as `ls -l` writes them.

export const SETUID = 0o4000;
export const SETGID = 0o2000;
export const STICKY = 0o1000;

/** `2770` of 0o2770: at least four digits. */
export function toOctal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** `drwxrws---`; `type` is ls's letter: `-`, `d`, `l`, `p` … */
export function toLsMode(type: string, mode: number): string {
  return (
    type +
    triple(mode >> 6, (mode & SETUID) !== 0, "s") +
    triple(mode >> 3, (mode & SETGID) !== 0, "s") +
    triple(mode, (mode & STICKY) !== 0, "t")
  );
}

function triple(bits: number, special: boolean, letter: string): string {
  const executes = (bits & 1) !== 0;
  const last = special ? (executes ? letter : letter.toUpperCase()) : executes ? "x" : "-";
  return `${(bits & 4) === 0 ? "-" : "r"}${(bits & 2) === 0 ? "-" : "w"}${last}`;
}
