// A seccomp profile's JSON as dockerd reads it: the OCI form with Docker's conditions, the old `name` and `archMap`.
// @see moby v28.5.2 (github.com/moby/profiles/seccomp v0.3.0 seccomp.go Seccomp, KernelVersion); v20.10.24 profiles/seccomp/seccomp.go, which has no flags and listeners
import type { JsonObject } from "../model/json.ts";
import type { SeccompProfile } from "../model/seccompProfile.ts";
import { goQuote } from "../rules/goText.ts";
import { type GoType, goUnmarshal } from "../rules/goUnmarshal.ts";
import {
  ACTION,
  ARCH,
  ARG,
  marshalArg,
  SECCOMP_FIELDS,
  STRING,
  slice,
  UINT,
  withoutEmpty,
} from "../rules/seccompJson.ts";

const KERNEL_VERSION: GoType = {
  kind: "custom",
  name: "seccomp.KernelVersion",
  refuse: refuseKernelVersion,
};
const FILTER: GoType = {
  kind: "struct",
  name: "seccomp.Filter",
  fields: { caps: slice(STRING), arches: slice(STRING), minKernel: KERNEL_VERSION },
};
const ARCHITECTURE: GoType = {
  kind: "struct",
  name: "seccomp.Architecture",
  fields: { architecture: ARCH, subArchitectures: slice(ARCH) },
};

function profileType(isWhole: boolean): GoType & { kind: "struct" } {
  const syscall: GoType = {
    kind: "struct",
    name: "seccomp.Syscall",
    fields: {
      name: STRING,
      names: slice(STRING),
      action: ACTION,
      errnoRet: UINT,
      args: slice(ARG, isWhole ? ARG.name : `*${ARG.name}`),
      comment: STRING,
      includes: FILTER,
      excludes: FILTER,
    },
  };
  const { defaultAction = ACTION, architectures = slice(ARCH), ...others } = SECCOMP_FIELDS;
  return {
    kind: "struct",
    name: "seccomp.Seccomp",
    fields: {
      defaultAction,
      architectures,
      ...(isWhole ? others : {}),
      archMap: slice(ARCHITECTURE),
      syscalls: slice(syscall, `*${syscall.name}`),
    },
  };
}

const WHOLE = profileType(true);
const WITHOUT_FLAGS = profileType(false);

export type ProfileOrError =
  | { readonly profile: SeccompProfile; readonly error?: undefined }
  | { readonly profile?: undefined; readonly error: string };

/** `isWhole`: flags, listener and default errno are read too; otherwise they are not seen. */
export function unmarshalProfile(text: string, isWhole: boolean): ProfileOrError {
  const read = goUnmarshal(text, isWhole ? WHOLE : WITHOUT_FLAGS);
  if (read.error !== undefined) return { error: read.error };
  const { defaultAction, syscalls, ...rest } = read.value;
  const rules = Array.isArray(syscalls) ? (syscalls as readonly JsonObject[]) : [];
  const profile = {
    defaultAction: defaultAction ?? "",
    ...withoutEmpty(rest),
    syscalls: rules.map(readRule),
  };
  return { profile: profile as unknown as SeccompProfile };
}

function readRule({ args, action, ...rest }: JsonObject): JsonObject {
  const list = Array.isArray(args) ? (args as readonly JsonObject[]) : [];
  return { ...rest, action: action ?? "", args: list.map(marshalArg) };
}

/** `4.8` as text; "" counts as any kernel. */
function refuseKernelVersion(json: string): string | undefined {
  const failed = `invalid kernel version: ${json}, expected "<kernel>.<major>"`;
  const version: unknown = JSON.parse(json);
  if (typeof version !== "string") {
    return `${failed}: json: cannot unmarshal ${kindOf(version)} into Go value of type string`;
  }
  if (version === "") return undefined;
  const parts = version.split(".");
  if (parts.length !== 2) return failed;
  for (const part of parts) {
    const problem = refuseUint8(part);
    if (problem !== undefined) {
      return `${failed}: strconv.ParseUint: parsing ${goQuote(part)}: ${problem}`;
    }
  }
  return parts.every((part) => Number(part) === 0) ? `${failed}: version cannot be 0.0` : undefined;
}

function refuseUint8(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return "invalid syntax";
  return Number(text) > 255 ? "value out of range" : undefined;
}

function kindOf(value: unknown): string {
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? "number" : "object";
}
