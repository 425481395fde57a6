// Which field of a pod stands behind which part of Docker's create request.
import type { Trace } from "../model/report.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import type { DockershimAnswer } from "./dockershim.ts";
import { seccompProfileOf } from "./securityOpts.ts";

/** Only what dockershim decides itself: what it passes on has its source in the kubelet. */
export function traceOf(sc: CriSecurityContext, { hostConfig }: DockershimAnswer): Trace[] {
  const traces: Trace[] = [];
  const rule = (field: string, at: string, value: unknown, text: string) => {
    traces.push({
      field,
      at,
      setting: { value, source: { kind: "rule", by: "dockershim", rule: text } },
    });
  };
  const seccomp = hostConfig?.SecurityOpt?.find((option) => option.startsWith("seccomp="));
  if (seccompProfileOf(sc) === "") {
    rule(
      "seccompProfile",
      "/hostConfig/SecurityOpt",
      { type: "Unconfined" },
      "no profile ⇒ seccomp=unconfined",
    );
  } else if (seccomp === undefined) {
    rule(
      "seccompProfile",
      "/hostConfig/SecurityOpt",
      { type: "RuntimeDefault" },
      "no option ⇒ the daemon's default profile",
    );
  }
  if (!sc.privileged && sc.maskedPaths.length === 0) {
    rule(
      "procMount",
      "/hostConfig/MaskedPaths",
      "Default",
      "an empty list is lost over gRPC ⇒ the daemon's own paths",
    );
  }
  return traces;
}
