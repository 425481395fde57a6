// What is said of settings that the level forbids: what the program loses with them, or why they stay.

import { APPARMOR_ANNOTATION_PREFIX } from "../../apiserver/appArmorAnnotation.ts";
import { valueAt } from "../../manifest/workloads.ts";
import { type FieldPath, startsWith, toFieldPath } from "../../model/finding.ts";
import type { JsonValue } from "../../model/json.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import type { CheckId } from "../../podsecurity/check.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import { writeJson } from "../../rules/json.ts";
import { corrected, isIgnored } from "./corrections.ts";
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

/** One note for each change; of capabilities two, where with some of them nothing is lost. */
export function takenNotes(pod: Pod, change: LevelChange, written: Written): FixNote[] {
  const loses = LOSES[change.check];
  return outcomes(change, written).map(({ text, isIgnored }) => {
    const what = isIgnored ? IGNORED : loses;
    const message = what === undefined ? text : `${text}: ${what}`;
    return { kind: "taken", ...settingAt(pod, change.path), message };
  });
}

const IGNORED = "containerd ignores that spelling (Docker takes it), so nothing is lost there";

/** The pod before anything was corrected, and the world in which it would have run. */
export interface Written {
  readonly pod: Pod;
  readonly world: World;
}

export function keptNote(pod: Pod, change: LevelChange): FixNote {
  return {
    kind: "left",
    ...settingAt(pod, change.path),
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
      const volume = pod.spec.volumes?.[Number(index)]?.name ?? String(index);
      const message = `volume ${volume} is of ${source}: what takes its place only its author knows`;
      return { kind: "left", path: change.path, volume, message };
    });
}

interface Outcome {
  readonly text: string;
  readonly isIgnored?: boolean;
}

function outcomes({ path, from, to, check }: LevelChange, written: Written): readonly Outcome[] {
  const field = fieldOf(path);
  if (Array.isArray(from)) {
    const stays: readonly unknown[] = Array.isArray(to) ? to : [];
    const gone = from.filter((item) => !stays.includes(item)).map(nameOf);
    const names = check.startsWith("capabilities_") ? asWritten(gone, path, written.pod) : gone;
    const ignored = names.filter((name) => isIgnored(name, written.world));
    const lost = names.filter((name) => !ignored.includes(name));
    return [
      { names: lost, isIgnored: false },
      { names: ignored, isIgnored: true },
    ]
      .filter((one) => one.names.length > 0)
      .map((one) => ({
        text: `${field}: ${one.names.join(", ")} ${one.names.length === 1 ? "goes" : "go"}`,
        isIgnored: one.isIgnored,
      }));
  }
  if (to === undefined) return [{ text: `${field}: ${shown(from)} goes` }];
  return [{ text: `${field}: ${shown(from)} becomes ${shown(to)}` }];
}

/** The author's spelling of each name; where there are several, the one that counted. */
function asWritten(names: readonly string[], path: FieldPath, pod: Pod): readonly string[] {
  const list = valueAt(pod as unknown as JsonValue, path);
  const written: readonly unknown[] = Array.isArray(list) ? list : [];
  const spellings = written.filter((name) => typeof name === "string");
  return names.map((name) =>
    spellings.includes(name)
      ? name
      : (spellings.find((spelling) => corrected(spelling) === name) ?? name),
  );
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

/** An AppArmor annotation is of the container that it names. */
function settingAt(pod: Pod, path: FieldPath): ReturnType<typeof placeOf> {
  const key = path[0] === "metadata" ? path.at(-1) : undefined;
  const own = containersOf(pod.spec).find(
    ({ container }) => key === APPARMOR_ANNOTATION_PREFIX + container.name,
  );
  return own === undefined ? placeOf(pod, path) : { path, container: own.container.name };
}
