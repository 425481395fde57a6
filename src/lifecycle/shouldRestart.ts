// Whether the kubelet starts a container again that has ended.
import { isJsonObject, type JsonObject } from "../core/model/json.ts";
import type { Container, ContainerAt, Pod } from "../core/model/pod.ts";

/**
 * An init container that is no sidecar never runs again after a success.
 * @see kubernetes v1.37.2 pkg/api/v1/pod/util.go ContainerShouldRestart
 */
export function containerShouldRestart(
  { kind, container }: ContainerAt,
  pod: Pod,
  exitCode: number,
): boolean {
  if (kind === "ephemeral") return false;
  if (kind === "init" && exitCode === 0) return false;
  if (container.restartPolicy !== undefined && hasMatchingRule(container, exitCode)) return true;
  return restartsAfter(container.restartPolicy ?? pod.spec.restartPolicy ?? "Always", exitCode);
}

/**
 * A failed probe asks for no exit code.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions
 */
export function restartsAfterProbe({ kind, container }: ContainerAt, pod: Pod): boolean {
  return kind === "sidecar" || (container.restartPolicy ?? pod.spec.restartPolicy) !== "Never";
}

function restartsAfter(policy: string, exitCode: number): boolean {
  return policy === "Always" || (policy === "OnFailure" && exitCode !== 0);
}

/** Both actions of a rule start this container again. */
function hasMatchingRule(container: Container, exitCode: number): boolean {
  const rules = container["restartPolicyRules"];
  return (
    Array.isArray(rules) && rules.some((rule) => isJsonObject(rule) && matches(rule, exitCode))
  );
}

function matches(rule: JsonObject, exitCode: number): boolean {
  const codes = rule["exitCodes"];
  if (!isJsonObject(codes) || !Array.isArray(codes["values"])) return false;
  const isListed = codes["values"].map(Number).includes(exitCode);
  return codes["operator"] === "NotIn" ? !isListed : isListed;
}
