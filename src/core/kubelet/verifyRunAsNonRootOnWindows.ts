// Whether a container that must not run as root may start on a Windows node, where the kubelet knows one root: ContainerAdministrator.
import { goQuote } from "../rules/goText.ts";
import type { Refusal } from "./outcome.ts";
import type { NonRootQuestion } from "./verifyRunAsNonRoot.ts";

/**
 * undefined: the container may start. runAsUser, runAsGroup and seLinuxOptions are not looked at, and an image
 * without user is let through.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/security_context_windows.go verifyRunAsNonRoot
 */
export function verifyRunAsNonRootOnWindows(
  question: NonRootQuestion,
): Refusal | "unknown" | undefined {
  const { effective, container, imageUser } = question;
  if (effective.runAsNonRoot?.value !== true) return undefined;
  const named = effective.windowsOptions?.value.runAsUserName ?? undefined;
  if (named === undefined && imageUser === undefined) return "unknown";
  const user = named ?? imageUser?.username ?? "";
  if (!isContainerAdministrator(user)) return undefined;
  const field = named === undefined ? "runAsNonRoot" : "windowsOptions";
  const source = effective[field]?.source;
  const key = named === undefined ? "runAsUser" : "runAsUserName";
  return {
    refusal: `container's ${key} (${user}) which will be regarded as root identity and will break non-root policy (pod: ${goQuote(question.pod)}, container: ${container.container.name})`,
    gate: "verifyRunAsNonRoot",
    field,
    path: source?.kind === "manifest" ? source.path : container.path,
  };
}

/** Go's EqualFold on an ASCII name: only ſ and the Kelvin sign fold onto ASCII letters, and the name has no k. */
function isContainerAdministrator(user: string): boolean {
  return user.replaceAll("ſ", "s").toLowerCase() === "containeradministrator";
}
