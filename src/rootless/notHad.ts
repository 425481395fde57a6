// What a pod asks for that an ordinary user cannot give it, one sentence for each thing, said before anything starts.
import type { OciSpec } from "../core/model/oci.ts";
import { type Container, containersOf, type Pod } from "../core/model/pod.ts";
import { hasId, type IdMap, type IdRange, rangesText } from "../node/idMap.ts";
import { HOST_CAPABILITIES } from "./hostCapabilities.ts";

/** What this machine lets the user do. */
export interface Given {
  /** Sysctls that may not be set in namespaces of the user's own. */
  readonly refusedSysctls: readonly string[];
  /** Folders and files of the host that the user may not look at. */
  readonly closedPaths: readonly string[];
  /** net.ipv4.ip_unprivileged_port_start. */
  readonly firstPort: number;
  /** A file system of message queues is mounted at /dev/mqueue. */
  readonly hasMessageQueues: boolean;
}

/** @param ports that are to be published on the host */
export function notHad(pod: Pod, ports: readonly number[], given: Given): string[] {
  const { spec } = pod;
  const sentences: string[] = [];
  const privileged = namesOf(pod, ({ securityContext }) => securityContext?.privileged === true);
  if (privileged !== "") {
    sentences.push(
      `privileged: true of ${privileged}: the machine's devices and settings are its root's`,
    );
  }
  if (spec.hostUsers === false) {
    sentences.push(
      "hostUsers: false: ids of the host's beyond the user's own, and mounts that map them, are root's to give",
    );
  }
  if (spec.hostIPC === true && !given.hasMessageQueues) {
    sentences.push(
      "hostIPC: true: /dev/mqueue is not mounted here, and only root may mount the host's",
    );
  }
  for (const name of given.refusedSysctls) sentences.push(`sysctl ${name}: only root may set it`);
  for (const path of given.closedPaths) {
    sentences.push(`hostPath ${path}: this user may not look there`);
  }
  for (const port of ports.filter((one) => one < given.firstPort)) {
    sentences.push(
      `host port ${port}: ports below ${given.firstPort} are root's (net.ipv4.ip_unprivileged_port_start)`,
    );
  }
  return sentences;
}

/** Ids that the user has not been given. @param specs by container, as the runtime gets them; null: it gets none */
export function idsNotHad(
  pod: Pod,
  specs: Readonly<Record<string, OciSpec | null>>,
  { uids, gids }: IdMap,
): string[] {
  const sentences: string[] = [];
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (fsGroup !== undefined && fsGroup !== null && !hasId(gids, Number(fsGroup))) {
    sentences.push(`fsGroup ${fsGroup} is ${beyond(gids, "/etc/subgid")}`);
  }
  for (const [name, spec] of Object.entries(specs)) {
    const { uid = 0, gid = 0, additionalGids = [] } = spec?.process?.user ?? {};
    if (!hasId(uids, uid)) {
      sentences.push(`user ${uid} of ${name} is ${beyond(uids, "/etc/subuid")}`);
    }
    for (const group of new Set([gid, ...additionalGids])) {
      if (hasId(gids, group) || group === Number(fsGroup ?? -1)) continue;
      sentences.push(`group ${group} of ${name} is ${beyond(gids, "/etc/subgid")}`);
    }
  }
  return sentences;
}

/** The ids that the manifest tells, as `idsNotHad` takes them: no image is needed for those. */
export function toldIds(pod: Pod): Record<string, OciSpec> {
  const own = pod.spec.securityContext;
  const specs = containersOf(pod.spec).map(({ container: { name, securityContext } }) => {
    const user = {
      uid: Number(securityContext?.runAsUser ?? own?.runAsUser ?? 0),
      gid: Number(securityContext?.runAsGroup ?? own?.runAsGroup ?? 0),
      additionalGids: (own?.supplementalGroups ?? []).map(Number),
    };
    return [name, { process: { user } } as OciSpec] as const;
  });
  return Object.fromEntries(specs);
}

function beyond(ranges: readonly IdRange[], file: string): string {
  return `beyond the ids that this user has, ${rangesText(ranges)}: ${file} gives more`;
}

/** What a pod gets and what is worth little, one sentence for each thing. */
export function worthLittle(pod: Pod): string[] {
  return containersOf(pod.spec).flatMap(({ container }) => {
    const added = container.securityContext?.capabilities?.add ?? [];
    const names = added.map((name) => name.toUpperCase().replace(/^CAP_/, ""));
    const hosts = names.filter((name) => HOST_CAPABILITIES.has(name));
    if (hosts.length === 0) return [];
    return `capabilities ${hosts.join(", ")} of ${container.name} count in a user namespace only, and the kernel asks for the host's`;
  });
}

function namesOf(pod: Pod, is: (container: Container) => boolean): string {
  const found = containersOf(pod.spec).filter(({ container }) => is(container));
  return found.map(({ container }) => container.name).join(", ");
}
