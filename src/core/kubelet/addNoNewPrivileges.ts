// Whether the kubelet asks the runtime for the kernel's no_new_privs flag.
import type { Setting } from "../model/setting.ts";
import type { EffectiveContext } from "./effective.ts";
import { byDefault, byRule } from "./outcome.ts";

/**
 * True only for an explicit allowPrivilegeEscalation: false, whatever else is set.
 * @see kubernetes v1.37.2 pkg/securitycontext/util.go AddNoNewPrivileges
 */
export function addNoNewPrivileges(effective: EffectiveContext): Setting<boolean> {
  const allowed = effective.allowPrivilegeEscalation;
  if (allowed === undefined) return byDefault(false);
  return byRule(
    !allowed.value,
    `allowPrivilegeEscalation ${allowed.value} ⇒ no_new_privs ${!allowed.value}`,
    allowed,
  );
}
