// The level that a pod meets, and the one that it should: `meets baseline, not restricted`.
import type { CheckedPod } from "../../core/answers/checked.ts";

export function meetsText({ podSecurity }: CheckedPod): string {
  const { level, met, highest } = podSecurity;
  if (met) return `meets ${highest}`;
  return `meets ${highest === "privileged" ? "only privileged" : highest}, not ${level}`;
}
