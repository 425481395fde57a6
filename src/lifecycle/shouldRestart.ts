// Whether the kubelet starts a container again that has ended.
import { isJsonObject } from "../core/model/json.ts";
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
  if (matchingRule(container, exitCode) !== undefined) return true;
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

/** What decides that it starts again: the rule that matches its exit code, else the policy. */
export function restartReason({ container }: ContainerAt, pod: Pod, exitCode: number): string {
  const found = matchingRule(container, exitCode);
  if (found === undefined) {
    return `restartPolicy: ${container.restartPolicy ?? pod.spec.restartPolicy ?? "Always"}`;
  }
  const { operator, values } = found.exitCodes;
  return `restartPolicyRules[${found.index}]: exitCodes ${operator} ${values.join(", ")}`;
}

interface MatchingRule {
  readonly index: number;
  readonly exitCodes: { readonly operator: string; readonly values: readonly number[] };
}

/** Both actions of a rule start this container again. Rules count only beside a policy of the container's own. */
function matchingRule(container: Container, exitCode: number): MatchingRule | undefined {
  const rules = container["restartPolicyRules"];
  if (container.restartPolicy === undefined || !Array.isArray(rules)) return undefined;
  for (const [index, rule] of rules.entries()) {
    const codes = isJsonObject(rule) ? rule["exitCodes"] : undefined;
    if (!isJsonObject(codes) || !Array.isArray(codes["values"])) continue;
    const values = codes["values"].map(Number);
    const operator = codes["operator"] === "NotIn" ? "NotIn" : "In";
    if (values.includes(exitCode) === (operator === "In")) {
      return { index, exitCodes: { operator, values } };
    }
  }
  return undefined;
}
