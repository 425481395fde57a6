// Who and what Pod Security admission leaves alone, by the server's configuration.
import type { World } from "../model/world.ts";

type Exemptions = World["podSecurity"]["exemptions"];

/** @see pod-security-admission v0.37.2 admission/admission.go exemptNamespace */
export function exemptNamespace({ namespaces = [] }: Exemptions, name: string): boolean {
  return name !== "" && namespaces.includes(name);
}

/** @see pod-security-admission v0.37.2 admission/admission.go exemptUser */
export function exemptUser({ usernames = [] }: Exemptions, name: string): boolean {
  return name !== "" && usernames.includes(name);
}

/** @see pod-security-admission v0.37.2 admission/admission.go exemptRuntimeClass */
export function exemptRuntimeClass({ runtimeClasses = [] }: Exemptions, name: string): boolean {
  return name !== "" && runtimeClasses.includes(name);
}
