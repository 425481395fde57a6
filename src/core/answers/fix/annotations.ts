// Annotations that fields have replaced: seccomp since Kubernetes 1.19, AppArmor since 1.30. What they say becomes the field.
import {
  APPARMOR_ANNOTATION_PREFIX,
  appArmorFieldForAnnotation,
} from "../../apiserver/appArmorAnnotation.ts";
import { seccompFieldForAnnotation } from "../../apiserver/seccompVersionSkew.ts";
import {
  SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  SECCOMP_POD_ANNOTATION,
} from "../../apiserver/validation/seccompProfile.ts";
import { type FieldPath, startsWith } from "../../model/finding.ts";
import { type ContainerAt, containersOf, type Pod } from "../../model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import type { Change } from "../../podsecurity/check.ts";
import type { Level } from "../../podsecurity/level.ts";
import { PROFILE_TYPES } from "../../podsecurity/profiles.ts";
import { sameJson } from "../../rules/sameJson.ts";
import type { FixNote } from "./fixed.ts";
import type { PodPlan } from "./podPlan.ts";
import { isForWindows } from "./windows.ts";

type Profile = { readonly type?: string; readonly localhostProfile?: string };

interface Kind {
  readonly field: "seccompProfile" | "appArmorProfile";
  /** Before a container's name. */
  readonly prefix: string;
  readonly ofPod?: string;
  readonly read: (annotation: string) => Profile | undefined;
  /** Pod Security reads the annotation itself. */
  readonly judged: boolean;
  /** From then on no program reads it. */
  readonly dead: Versioned<string>;
}

const SECCOMP: Kind = {
  field: "seccompProfile",
  prefix: SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  ofPod: SECCOMP_POD_ANNOTATION,
  read: seccompFieldForAnnotation,
  judged: false,
  dead: [{ since: "v1.27", value: "1.27" }],
};
const APPARMOR: Kind = {
  field: "appArmorProfile",
  prefix: APPARMOR_ANNOTATION_PREFIX,
  read: appArmorFieldForAnnotation,
  judged: true,
  dead: [],
};
const KINDS: Versioned<readonly Kind[]> = [
  { since: "v1.19", value: [SECCOMP] },
  { since: "v1.30", value: [SECCOMP, APPARMOR] },
];

/** What the pod is to reach, where. */
export interface Reaching {
  /** The newest first. */
  readonly worlds: readonly World[];
  readonly level: Level;
  readonly addOnly: boolean;
}

/**
 * An annotation stays where it names no container, says no profile, or another one than the field. A profile that the level
 * forbids becomes no field: where Pod Security reads the annotation, the level takes it; elsewhere it just goes.
 */
export function annotationsToFields(pod: Pod, reaching: Reaching): PodPlan {
  const [newest] = reaching.worlds;
  if (newest === undefined) return { changes: [], notes: [] };
  const plans = replacedIn(pod, newest.kubernetes).map((one) => planOf(one, reaching));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    notes: plans.flatMap(({ notes }) => notes),
  };
}

function planOf(one: Replaced, { worlds, level, addOnly }: Reaching): PodPlan {
  const { key, kind, path, annotation, value, profile, set, container } = one;
  const note = { path: annotation, ...(container === undefined ? {} : { container }) };
  const going: Change = { path: annotation, from: value, to: undefined };
  if (set !== undefined) {
    const message = `the annotation ${key} goes: the field ${kind.field} says the same`;
    return { changes: [going], notes: [{ kind: "corrected", ...note, message }] };
  }
  const isForbidden = level !== "privileged" && isWeak(profile);
  if (isForbidden && kind.judged) return { changes: [], notes: [] };
  const dead = deadSince(kind, worlds);
  if (isForbidden && !addOnly) {
    const loses =
      dead === undefined
        ? "calls outside the profile that then holds fail"
        : `no program reads it since Kubernetes ${dead}, so nothing is lost`;
    const message = `the annotation ${key}: ${value} goes: ${loses}`;
    return { changes: [going], notes: [{ kind: "taken", ...note, message }] };
  }
  if (isWeak(profile) && dead !== undefined) {
    const message = `the annotation ${key} stays: no program reads it since Kubernetes ${dead}; write ${kind.field}.type: ${profile.type} to have it, or remove it`;
    return { changes: [], notes: [{ kind: "open", ...note, message }] };
  }
  const message = `the annotation ${key} becomes the field ${kind.field}`;
  return {
    changes: [{ path, from: undefined, to: profile }, going],
    notes: [{ kind: "corrected", ...note, message }],
  };
}

function isWeak({ type = "" }: Profile): boolean {
  return !PROFILE_TYPES.includes(type);
}

function deadSince({ dead }: Kind, worlds: readonly World[]): string | undefined {
  const since = worlds.map(({ kubernetes }) => at(dead, kubernetes));
  return since.every((one) => one !== undefined) ? since[0] : undefined;
}

/** The annotation that says a field's profile, where it becomes one. @param path of the field, or inside of it */
export function annotationOf(
  pod: Pod,
  kubernetes: KubeMinor,
  path: FieldPath,
): FieldPath | undefined {
  return annotated(pod, kubernetes, path)?.annotation;
}

function annotated(pod: Pod, kubernetes: KubeMinor, path: FieldPath): Replaced | undefined {
  const all = replacedIn(pod, kubernetes);
  return all.find((one) => one.set === undefined && startsWith(path, one.path));
}

/** The API server refuses a field beside an annotation that says another profile: where that stays, no field is added. */
export function besideAnnotations<T extends Change>(
  pod: Pod,
  changes: readonly T[],
  kubernetes: KubeMinor,
): { readonly made: readonly T[]; readonly notes: readonly FixNote[] } {
  const notes: FixNote[] = [];
  const made = changes.filter(({ path }) => {
    const beside = annotated(pod, kubernetes, path);
    if (beside === undefined) return true;
    const { annotation, kind, key, container } = beside;
    const message = `${kind.field} cannot be added beside the annotation ${key}`;
    const of = container === undefined ? {} : { container };
    notes.push({ kind: "left", path: annotation, ...of, message });
    return false;
  });
  return { made, notes };
}

/** An annotation that says what its field would say, or does. */
interface Replaced extends Omit<ProfilePlace, "set"> {
  readonly kind: Kind;
  readonly key: string;
  readonly value: string;
  readonly annotation: FieldPath;
  readonly profile: Profile;
  /** The field's own, if it has one. */
  readonly set: Profile | undefined;
}

function replacedIn(pod: Pod, kubernetes: KubeMinor): Replaced[] {
  if (isForWindows(pod)) return [];
  return (at(KINDS, kubernetes) ?? []).flatMap((kind) =>
    Object.entries(pod.metadata?.annotations ?? {}).flatMap(([key, value]): Replaced[] => {
      const place = placeOf(pod, kind, key);
      const profile = kind.read(value);
      if (place === undefined || profile === undefined) return [];
      if (place.set !== undefined && !sameJson(place.set, profile)) return [];
      const annotation = ["metadata", "annotations", key];
      const path = [...place.path, kind.field];
      return [{ ...place, kind, key, value, annotation, path, profile }];
    }),
  );
}

interface ProfilePlace {
  /** Of the securityContext. */
  readonly path: FieldPath;
  readonly set: Profile | undefined;
  readonly container?: string;
}

function placeOf(pod: Pod, { field, prefix, ofPod }: Kind, key: string): ProfilePlace | undefined {
  if (key === ofPod) {
    const set = pod.spec?.securityContext?.[field];
    return { path: ["spec", "securityContext"], set };
  }
  if (!key.startsWith(prefix)) return undefined;
  const name = key.slice(prefix.length);
  const found: ContainerAt | undefined = containersOf(pod.spec).find(
    ({ container }) => container.name === name,
  );
  if (found === undefined) return undefined;
  const set = found.container.securityContext?.[field];
  return { path: [...found.path, "securityContext"], set, container: name };
}
