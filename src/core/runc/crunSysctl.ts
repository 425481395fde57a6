// crun's gate on sysctls, and its writing of them.
// @see crun 1.28 src/libcrun/linux.c validate_sysctl, libcrun_set_sysctl
import type { OciNamespace, OciSpec } from "../model/oci.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";
import { convertSysctlVariableToDotsSeparator, IPC_SYSCTLS } from "./sysctl.ts";
import { judgeWrite } from "./writeSysctls.ts";

export function crunSysctl({ spec }: StepInput): Refusal | undefined {
  for (const key of Object.keys(spec.linux?.sysctl ?? {})) {
    const name = convertSysctlVariableToDotsSeparator(key);
    const reason = judge(name, spec);
    if (reason !== undefined) {
      return refuse(`the sysctl \`${name}\` ${reason}`, "linux", "sysctl", key);
    }
  }
  return undefined;
}

function judge(name: string, spec: OciSpec): string | undefined {
  if (IPC_SYSCTLS.has(name) || name.startsWith("fs.mqueue.")) {
    return has(spec, "ipc") ? undefined : "requires a new IPC namespace";
  }
  if (name.startsWith("net.")) {
    return has(spec, "network") ? undefined : "requires a new network namespace";
  }
  if (name === "kernel.domainname") {
    return has(spec, "uts") ? undefined : "requires a new UTS namespace";
  }
  if (name === "kernel.hostname") return "conflicts with OCI field `hostname`";
  return "is not namespaced";
}

export function crunWriteSysctls({ spec }: StepInput): Refusal | undefined {
  for (const [key, value] of Object.entries(spec.linux?.sysctl ?? {})) {
    const file = `\`/proc/sys/${key.replaceAll(".", "/")}\``;
    const path = ["linux", "sysctl", key];
    switch (judgeWrite(key, value)) {
      case "absent":
        return refuse(`open ${file}: No such file or directory`, ...path);
      case "readOnly":
        return refuse(`open ${file}: Permission denied`, ...path);
      case "invalid":
        return refuse(`write to ${file}: Invalid argument`, ...path);
    }
  }
  return undefined;
}

function has(spec: OciSpec, type: OciNamespace["type"]): boolean {
  return spec.linux?.namespaces?.some((namespace) => namespace.type === type) === true;
}
