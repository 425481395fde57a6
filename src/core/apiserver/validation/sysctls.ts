// The names of a pod's sysctls, and that none belongs to a namespace which the pod shares with the host.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateSysctls
import type { PodSpec, Sysctl } from "../../model/pod.ts";
import { utf8Length } from "../../rules/goStrings.ts";
import { goQuote } from "../../rules/goText.ts";
import { duplicate, type FieldErrors, invalid, required } from "../fieldError.ts";
import { allowNamespacedSysctlsForHostNetAndHostIPC, type PodOptions } from "../options.ts";
import { child, indexed, type Path } from "../path.ts";
import { hostNamespaceOf } from "./hostSysctl.ts";

const LONGEST = 253;
const SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const PATTERN = `^(${SEGMENT}[\\./])*${SEGMENT}$`;
/** Same names as PATTERN, without the backtracking that it would cost JavaScript. */
const NAME = /^[a-z0-9]+(?:[-_]+[a-z0-9]+)*(?:[./][a-z0-9]+(?:[-_]+[a-z0-9]+)*)*$/;

export function validateSysctls(
  errors: FieldErrors,
  path: Path,
  sysctls: readonly Sysctl[],
  spec: PodSpec,
  options: PodOptions,
): void {
  const names = new Set<string>();
  sysctls.forEach(({ name }, index) => {
    const namePath = child(indexed(path, index), "name");
    if (name === "") required(errors, namePath);
    else if (!isValidSysctlName(name)) {
      const detail = `must have at most ${LONGEST} characters and match regex ${PATTERN}`;
      invalid(errors, namePath, goQuote(name), detail);
    } else if (names.has(name)) duplicate(errors, namePath, name);
    const shared = hostNamespaceOf(name, spec, options.world.kubernetes);
    if (shared !== undefined && !allowNamespacedSysctlsForHostNetAndHostIPC(options)) {
      invalid(errors, namePath, goQuote(name), `may not be specified when '${shared}' is true`);
    }
    names.add(name);
  });
}

function isValidSysctlName(name: string): boolean {
  return utf8Length(name) <= LONGEST && NAME.test(name);
}
