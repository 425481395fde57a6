// What is said of settings that the level forbids: what the program loses with them, or why they stay.
import { type FieldPath, startsWith, toFieldPath } from "../../model/finding.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { Change, CheckId } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import { writeJson } from "../../rules/json.ts";
import type { FixNote } from "./fixed.ts";

const LOSES: Partial<Record<CheckId, string>> = {
  allowPrivilegeEscalation: "set-user-ID programs gain nothing any more",
  appArmorProfile: "the runtime's own profile holds where the node has AppArmor",
  capabilities_baseline: "programs that need it fail",
  capabilities_restricted: "programs that need it fail",
  hostNamespaces: "the pod has one of its own",
  hostPorts: "it is reached through a Service",
  hostProbesAndHostLifecycle: "the kubelet asks the pod's own address",
  privileged: "the node's devices and all capabilities go with it",
  procMount: "the runtime masks parts of /proc",
  procMount_restricted: "the runtime masks parts of /proc",
  runAsNonRoot: "root is refused",
  runAsUser: "files of root cannot be written any more",
  seLinuxOptions: "the runtime chooses the label",
  seccompProfile_baseline: "calls outside the runtime's profile fail",
  seccompProfile_restricted: "calls outside the runtime's profile fail",
  sysctls: "the node's values hold",
};

export function takenNote(pod: Pod, change: LevelChange): FixNote {
  const loses = LOSES[change.check];
  const message = `${outcome(change)}${loses === undefined ? "" : `: ${loses}`}`;
  return { kind: "taken", ...placeOf(pod, change.path), message };
}

export function keptNote(pod: Pod, change: LevelChange): FixNote {
  return {
    kind: "left",
    ...placeOf(pod, change.path),
    message: `${fieldOf(change.path)} stays as it is written`,
  };
}

/** One note for each volume and each HostProcess. */
export function leftNotes(pod: Pod, changes: readonly LevelChange[]): FixNote[] {
  return changes
    .filter(({ from }) => from !== undefined)
    .map((change) => {
      const [, list, index, source] = change.path;
      if (list !== "volumes") {
        const message =
          "hostProcess: true: its program works on the node itself, which no container may";
        return { kind: "left", ...placeOf(pod, change.path), message };
      }
      const volume = pod.spec.volumes?.[Number(index)];
      const message = `volume ${volume?.name ?? index} is of ${source}: what takes its place only its author knows`;
      return { kind: "left", path: change.path, message };
    });
}

function outcome({ path, from, to }: Change): string {
  const field = fieldOf(path);
  if (Array.isArray(from)) {
    const stays: readonly unknown[] = Array.isArray(to) ? to : [];
    const gone = from.filter((item) => !stays.includes(item)).map(nameOf);
    return `${field}: ${gone.join(", ")} ${gone.length === 1 ? "goes" : "go"}`;
  }
  if (to === undefined) return `${field}: ${shown(from)} goes`;
  return `${field}: ${shown(from)} becomes ${shown(to)}`;
}

/** Of a list of objects, their names. */
function nameOf(item: unknown): string {
  const name = (item as { readonly name?: unknown } | null)?.name;
  return typeof name === "string" ? name : shown(item);
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : writeJson(value);
}

/** Without the way to its container or context. */
export function fieldOf(path: FieldPath): string {
  const context = path.lastIndexOf("securityContext");
  const from = context !== -1 ? context + 1 : typeof path[2] === "number" ? 3 : 1;
  return toFieldPath(path.slice(from));
}

export function placeOf(pod: Pod, path: FieldPath): Pick<FixNote, "path" | "container"> {
  const own = containersOf(pod.spec).find(({ path: at }) => startsWith(path, at));
  return own === undefined ? { path } : { path, container: own.container.name };
}
