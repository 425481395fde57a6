// Asks this machine what the pod of an ordinary user may have of it; called as root of the user namespace.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { isJsonObject } from "../core/model/json.ts";
import type { Pod } from "../core/model/pod.ts";
import { textIfThere } from "../node/ifThere.ts";
import { needProgram } from "../node/programs.ts";
import type { Given } from "./notHad.ts";

/** @param folders of the host that claims are mapped to */
export function givenTo(pod: Pod, folders: readonly string[]): Given {
  const paths = pod.spec.volumes?.flatMap(({ hostPath }) =>
    isJsonObject(hostPath) && typeof hostPath["path"] === "string" ? [hostPath["path"]] : [],
  );
  const sysctls = pod.spec.securityContext?.sysctls?.map(({ name }) => name) ?? [];
  return {
    refusedSysctls: refusedSysctls(sysctls, pod.spec.hostNetwork === true),
    closedPaths: [...(paths ?? []), ...folders].filter(isClosed),
    firstPort: Number(textIfThere("/proc/sys/net/ipv4/ip_unprivileged_port_start") || 1024),
    hasMessageQueues: / \/dev\/mqueue mqueue /.test(textIfThere("/proc/self/mounts")),
  };
}

/** Only the kernel knows which of them belong to a namespace, in its release: it is asked in new ones. */
function refusedSysctls(names: readonly string[], hostNetwork: boolean): string[] {
  if (names.length === 0) return [];
  const namespaces = ["--ipc", ...(hostNetwork ? [] : ["--net", "--uts"])];
  const files = names.map(
    (name) => `/proc/sys/${name.includes("/") ? name : name.replaceAll(".", "/")}`,
  );
  const script = 'for file; do if [ -w "$file" ]; then echo yes; else echo no; fi; done';
  const { stdout } = spawnSync(
    needProgram("unshare"),
    [...namespaces, "--", needProgram("sh"), "-c", script, "sh", ...files],
    { encoding: "utf8" },
  );
  const answers = stdout.split("\n");
  return names.filter((_, index) => answers[index] === "no");
}

/** What is not there may still be made, where it may be looked for. */
function isClosed(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") return true;
    return path !== dirname(path) && isClosed(dirname(path));
  }
}
