// A seccomp profile's file as containerd reads it: the OCI form; what Docker adds to it is not seen.
// @see containerd v2.1.9 contrib/seccomp/seccomp.go WithProfile; runtime-spec specs-go/config.go LinuxSeccomp
import type { JsonObject } from "../model/json.ts";
import type { OciSeccomp, OciSyscall } from "../model/oci.ts";
import { type GoType, goUnmarshal } from "./goUnmarshal.ts";

export const STRING: GoType = { kind: "string", name: "string" };
export const UINT: GoType = { kind: "uint", name: "uint" };
const UINT64: GoType = { kind: "uint", name: "uint64" };
export const ACTION: GoType = { kind: "string", name: "specs.LinuxSeccompAction" };

/** `name` where Go's list is one of pointers. */
export function slice(of: GoType, name: string = of.name): GoType {
  return { kind: "slice", name: `[]${name}`, of };
}

export const ARG: GoType = {
  kind: "struct",
  name: "specs.LinuxSeccompArg",
  fields: {
    index: UINT,
    value: UINT64,
    valueTwo: UINT64,
    op: { kind: "string", name: "specs.LinuxSeccompOperator" },
  },
};
const SYSCALL: GoType = {
  kind: "struct",
  name: "specs.LinuxSyscall",
  fields: { names: slice(STRING), action: ACTION, errnoRet: UINT, args: slice(ARG) },
};
export const ARCH: GoType = { kind: "string", name: "specs.Arch" };
/** Everything but the rules. */
export const SECCOMP_FIELDS: Readonly<Record<string, GoType>> = {
  defaultAction: ACTION,
  defaultErrnoRet: UINT,
  architectures: slice(ARCH),
  flags: slice({ kind: "string", name: "specs.LinuxSeccompFlag" }),
  listenerPath: STRING,
  listenerMetadata: STRING,
};
const SECCOMP = {
  kind: "struct",
  name: "specs.LinuxSeccomp",
  fields: { ...SECCOMP_FIELDS, syscalls: slice(SYSCALL) },
} as const satisfies GoType;

export type SeccompFile =
  | { readonly profile: OciSeccomp; readonly error?: undefined }
  | { readonly error: string };

/** The profile as it is written into config.json: zero values left out, rules without names with `names: null`. */
export function unmarshalSeccomp(text: string): SeccompFile {
  const read = goUnmarshal(text, SECCOMP);
  if (read.error !== undefined) return { error: read.error };
  const { defaultAction, syscalls, ...rest } = read.value;
  const rules = Array.isArray(syscalls) ? (syscalls as readonly JsonObject[]) : [];
  const profile = {
    defaultAction: defaultAction ?? "",
    ...withoutEmpty(rest),
    ...(rules.length === 0 ? {} : { syscalls: rules.map(marshalSyscall) }),
  };
  return { profile: profile as unknown as OciSeccomp };
}

function marshalSyscall({ names, action, args, ...rest }: JsonObject): OciSyscall {
  const list = Array.isArray(args) ? (args as readonly JsonObject[]) : [];
  const rule = {
    names: names ?? null,
    action: action ?? "",
    ...rest,
    ...(list.length === 0 ? {} : { args: list.map(marshalArg) }),
  };
  return rule as unknown as OciSyscall;
}

export function marshalArg({ index, value, valueTwo, op }: JsonObject): JsonObject {
  const second = valueTwo === undefined || valueTwo === 0 ? {} : { valueTwo };
  return { index: index ?? 0, value: value ?? 0, ...second, op: op ?? "" };
}

/** Text and lists that Go omits when they are empty. */
export function withoutEmpty(fields: JsonObject): JsonObject {
  const kept: Record<string, JsonObject[string]> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === "" || (Array.isArray(value) && value.length === 0)) continue;
    kept[name] = value;
  }
  return kept;
}
