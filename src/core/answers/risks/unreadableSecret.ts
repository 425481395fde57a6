// A secret's files that the process cannot read: they belong to root, and only root may.
import { examplePod, type Hit, type Risk, type RiskyContainer, type RiskyPod } from "../risk.ts";
import { modesOf } from "../riskPaths.ts";

export const unreadableSecret: Risk = {
  id: "risk.unreadableSecret",
  severity: "warning",
  title: "A process that is not root cannot read a secret with this mode",
  why: "The files of a secret belong to root, and without an fsGroup also to its group. A mode that lets only the owner read (0400, 0600) keeps every other user out: the program finds its key, and gets permission denied.",
  mend: "Set an fsGroup: the kubelet then gives the files to that group and lets it read.",
  reference: "https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions",
  failing: examplePod(
    "securityContext: { runAsUser: 1000, runAsGroup: 1000 }\nvolumeMounts: [{ name: key, mountPath: /key }]",
    "volumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0400 }",
  ),
  passing: examplePod(
    "securityContext: { runAsUser: 1000, runAsGroup: 1000 }\nvolumeMounts: [{ name: key, mountPath: /key }]",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0400 }",
  ),
  find,
};

const OTHERS_READ = 0o004;
const GROUP_READS = 0o040;

function find({ pod, containers, isWindows }: RiskyPod): Hit[] {
  if (isWindows || typeof pod.spec.securityContext?.fsGroup === "number") return [];
  return modesOf(pod).flatMap(({ path, mode, source }) => {
    const volume = pod.spec.volumes?.[Number(path[2])]?.name;
    if (source !== "secret" || (mode & OTHERS_READ) !== 0 || volume === undefined) return [];
    const readers = containers.filter(
      (container) => mounts(container, volume) && !reads(container, mode),
    );
    return readers.map(({ at, uid }) => {
      const message = `uid ${uid} of container ${at.container.name} cannot read the secret's files: mode ${mode.toString(8).padStart(4, "0")}, owner root`;
      return { path, container: at.container.name, message };
    });
  });
}

function mounts({ at }: RiskyContainer, volume: string): boolean {
  return at.container.volumeMounts?.some(({ name }) => name === volume) === true;
}

/** Nobody knows it of a process whose ids are not told. */
function reads({ uid, effective }: RiskyContainer, mode: number): boolean {
  if (uid === undefined || BigInt(uid) === 0n) return true;
  const group = effective.runAsGroup?.value;
  return (mode & GROUP_READS) !== 0 && (group === undefined || BigInt(group) === 0n);
}
