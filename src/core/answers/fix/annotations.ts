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
import type { Change } from "../../podsecurity/check.ts";
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
}

const SECCOMP: Kind = {
  field: "seccompProfile",
  prefix: SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  ofPod: SECCOMP_POD_ANNOTATION,
  read: seccompFieldForAnnotation,
};
const APPARMOR: Kind = {
  field: "appArmorProfile",
  prefix: APPARMOR_ANNOTATION_PREFIX,
  read: appArmorFieldForAnnotation,
};
const KINDS: Versioned<readonly Kind[]> = [
  { since: "v1.19", value: [SECCOMP] },
  { since: "v1.30", value: [SECCOMP, APPARMOR] },
];

/** An annotation stays where it names no container, says no profile, or another one than the field. */
export function annotationsToFields(pod: Pod, kubernetes: KubeMinor): PodPlan {
  const changes: Change[] = [];
  const notes: FixNote[] = [];
  const annotations = pod.metadata?.annotations ?? {};
  if (isForWindows(pod)) return { changes, notes };
  for (const kind of at(KINDS, kubernetes) ?? []) {
    for (const [key, value] of Object.entries(annotations)) {
      const place = placeOf(pod, kind, key);
      const profile = kind.read(value);
      if (place === undefined || profile === undefined) continue;
      const path = [...place.path, kind.field];
      if (place.set !== undefined && !sameJson(place.set, profile)) continue;
      if (place.set === undefined) changes.push({ path, from: undefined, to: profile });
      const annotation = ["metadata", "annotations", key];
      changes.push({ path: annotation, from: value, to: undefined });
      notes.push({
        kind: "corrected",
        path: annotation,
        ...(place.container === undefined ? {} : { container: place.container }),
        message: `the annotation ${key} becomes the field ${kind.field}`,
      });
    }
  }
  return { changes, notes };
}

/** The annotation that says a field's profile, where it becomes one. @param path of the field, or inside of it */
export function annotationOf(
  pod: Pod,
  kubernetes: KubeMinor,
  path: FieldPath,
): FieldPath | undefined {
  const { changes } = annotationsToFields(pod, kubernetes);
  const index = changes.findIndex(
    (change) => change.to !== undefined && startsWith(path, change.path),
  );
  return index === -1 ? undefined : changes[index + 1]?.path;
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
