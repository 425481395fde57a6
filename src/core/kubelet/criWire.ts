// Values of CRI messages in protojson's form: zero values left out, 64-bit integers as strings.
import type { Capability, CriSELinuxOption, Int64Value, SecurityProfile } from "../model/cri.ts";
import type { Int64 } from "../model/json.ts";
import type { Capabilities, SELinuxOptions } from "../model/pod.ts";

/** A type whose document is still being written. */
export type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** A message with 0 in it is there and empty; an absent one says nothing. */
export function toInt64Value(value: Int64): Int64Value {
  return value === 0 ? {} : { value: String(value) };
}

/** RuntimeDefault is the zero value. */
export function toSecurityProfile(profile: SecurityProfile): SecurityProfile {
  const { profile_type, localhost_ref } = profile;
  if (profile_type === "RuntimeDefault") return {};
  if (profile_type === undefined) return {};
  if (localhost_ref === undefined || localhost_ref === "") return { profile_type };
  return { profile_type, localhost_ref };
}

/** Names go through as they are: case, prefix, repetition. */
export function convertToRuntimeCapabilities(capabilities: Capabilities): Capability {
  const message: Draft<Capability> = {};
  const { add, drop } = capabilities;
  if (add !== undefined && add !== null && add.length > 0) message.add_capabilities = add;
  if (drop !== undefined && drop !== null && drop.length > 0) message.drop_capabilities = drop;
  return message;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context.go convertToRuntimeSELinuxOption */
export function convertToRuntimeSELinuxOption(options: SELinuxOptions): CriSELinuxOption {
  const message: Draft<CriSELinuxOption> = {};
  if (options.user) message.user = options.user;
  if (options.role) message.role = options.role;
  if (options.type) message.type = options.type;
  if (options.level) message.level = options.level;
  return message;
}
