// Pods that a check does not look at: Windows pods, and pods in a user namespace of their own.
import type { CheckPod, Exemption } from "./check.ts";
import type { PodView } from "./podView.ts";

/** Validation refuses the Linux fields of such a pod, so the policy cannot ask for them. */
export const WINDOWS: Exemption = { field: "spec.os.name", value: "windows" };

/** Root inside a user namespace is nobody outside (KEP-127). */
export const USER_NAMESPACE: Exemption = { field: "spec.hostUsers", value: false };

/** The check, but for Windows pods. */
export function unlessWindows(check: CheckPod): CheckPod {
  return (pod) => (isWindows(pod) ? undefined : check(pod));
}

/**
 * The check, but for pods with `hostUsers: false`.
 * @see pod-security-admission v0.37.2 policy/helpers.go relaxPolicyForUserNamespacePod
 */
export function unlessUserNamespace(check: CheckPod): CheckPod {
  return (pod) => (pod.spec.hostUsers === false ? undefined : check(pod));
}

function isWindows(pod: PodView): boolean {
  return pod.spec.os?.name === "windows";
}
