// The writing of sysctls by runc's init: names that the kernel does not have and values that it does not take.
// @see runc v1.3.6 internal/sys/sysctl_linux.go WriteSysctls; linux v6.18 kernel/sysctl.c proc_get_long
import { atRelease, type ReleasedRows } from "../model/version.ts";
import { goQuote } from "../rules/goText.ts";
import { NAMESPACED_SYSCTLS, type SysctlGroup } from "../tables/namespacedSysctls.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

interface Texts {
  readonly absent: (key: string, value: string) => string;
  readonly readOnly: (key: string, value: string) => string;
  readonly invalid: (key: string, value: string) => string;
}
const TEXTS: ReleasedRows<Texts> = [
  {
    since: "1.0",
    value: {
      absent: (key) => `open ${file(key)}: no such file or directory`,
      readOnly: (key) => `open ${file(key)}: permission denied`,
      invalid: (key) => `write ${file(key)}: invalid argument`,
    },
  },
  {
    since: "1.3",
    value: {
      absent: (key) =>
        `open sysctl ${key} file: unsafe procfs detected: openat2 fsmount:fscontext:proc/.${file(key).slice(5)}: no such file or directory`,
      readOnly: (key) => `open sysctl ${key} file: reopen fd: permission denied`,
      invalid: (key, value) =>
        `failed to write sysctl ${key} = ${goQuote(value)}: write fsmount:fscontext:proc/.${file(key).slice(5)}: invalid argument`,
    },
  },
];

/** Folders of which NAMESPACED_SYSCTLS has every name: elsewhere modules add theirs, and nothing is refused as absent. */
const COMPLETE: ReadonlySet<string> = new Set([
  "net.core",
  "net.ipv4",
  "net.ipv6",
  "net.unix",
  "fs.mqueue",
  "net.ipv4.conf.*",
  "net.ipv6.conf.*",
  "net.ipv4.neigh.*",
  "net.ipv6.neigh.*",
]);

const GROUPS: ReadonlyMap<string, SysctlGroup> = new Map(
  NAMESPACED_SYSCTLS.flatMap((group) =>
    group.names
      .trim()
      .split(/\s+/)
      .map((name) => [name, group] as const),
  ),
);

export function writeSysctls({ spec, world }: StepInput): Refusal | undefined {
  const texts = atRelease(TEXTS, world.runtime.ociRuntime.version);
  for (const [key, value] of Object.entries(spec.linux?.sysctl ?? {})) {
    const verdict = judgeWrite(key, value);
    if (verdict === undefined || texts === undefined) continue;
    return refuse(texts[verdict](key, value), "linux", "sysctl", key);
  }
  return undefined;
}

/** What the kernel answers to the write; undefined: it takes it, or no rule here knows. */
export function judgeWrite(key: string, value: string): keyof Texts | undefined {
  // Most keys are spelled as the table spells them.
  const name = GROUPS.has(key) ? key : generalName(key);
  const group = GROUPS.get(name);
  if (group === undefined) {
    return COMPLETE.has(name.slice(0, name.lastIndexOf("."))) ? "absent" : undefined;
  }
  if (group.kind === "readOnly") return "readOnly";
  return value === "" || isTaken(value, group) ? undefined : "invalid";
}

/** The path is the key with its dots as slashes, whatever the spelling; an interface becomes `*`. */
function generalName(key: string): string {
  const steps = key.replaceAll(".", "/").split("/");
  if (steps.length === 5 && (steps[2] === "conf" || steps[2] === "neigh")) steps[3] = "*";
  return steps.join(".");
}

function isTaken(value: string, { kind, range }: SysctlGroup): boolean {
  if (kind === "text") return true;
  const trimmed = value.trim();
  const numbers = /\s/.test(trimmed) ? trimmed.split(/\s+/) : [trimmed];
  const parsed = (kind === "integer" ? numbers.slice(0, 1) : numbers).map(parseNumber);
  return parsed.every((number) => {
    if (number === undefined) return false;
    return range === undefined || (number >= range[0] && number <= range[1]);
  });
}

/** As the kernel's simple_strtoul with base 0 reads it: decimal, 0x… or 0…, after an optional minus. */
function parseNumber(text: string): number | bigint | undefined {
  if (/^(0|-?[1-9]\d{0,14})$/.test(text)) return Number(text);
  const match = /^(-?)(0x[0-9a-f]+|\d+)$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = ""] = match;
  const octal = /^0\d+$/.test(digits);
  if (octal && /[89]/.test(digits)) return undefined;
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return sign === "-" ? -magnitude : magnitude;
}

function file(key: string): string {
  return `/proc/sys/${key.replaceAll(".", "/")}`;
}
