// Which AppArmor profile the kubelet asks the runtime for, in the new message and in the old spelling.
import type { SecurityProfile } from "../model/cri.ts";
import type { AppArmorProfile, ContainerAt, Pod } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { goQuote } from "../rules/goText.ts";
import { type EffectiveContext, isPodLevel } from "./effective.ts";
import { byDefault, mapSetting, type Refusal } from "./outcome.ts";

export const APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

/** Until 1.29 there is only the annotation, and its text is sent as it stands. */
const HAS_FIELDS: Versioned<boolean> = [{ since: "v1.30", value: true }];

/** Does this kubelet know the field? */
export function appArmorFields(world: World): boolean {
  return at(HAS_FIELDS, world.kubernetes) === true && gateEnabled(world, "AppArmorFields");
}

/**
 * The container's field, else its annotation, else the pod's field; undefined: nothing asked.
 * @see kubernetes v1.37.2 pkg/security/apparmor/helpers.go GetProfile
 */
export function getProfile(
  pod: Pod,
  container: ContainerAt,
  effective: EffectiveContext,
  world: World,
): Setting<AppArmorProfile> | undefined {
  const field = appArmorFields(world) ? effective.appArmorProfile : undefined;
  if (field !== undefined && !isPodLevel(field)) return field;
  return getProfileFromPodAnnotations(pod, container) ?? field;
}

/** @see kubernetes v1.37.2 pkg/security/apparmor/helpers.go getProfileFromPodAnnotations */
function getProfileFromPodAnnotations(
  pod: Pod,
  container: ContainerAt,
): Setting<AppArmorProfile> | undefined {
  const annotation = appArmorAnnotation(pod, container);
  if (annotation === undefined) return undefined;
  const { value: text, source } = annotation;
  if (text === "runtime/default") return { value: { type: "RuntimeDefault" }, source };
  if (text === "unconfined") return { value: { type: "Unconfined" }, source };
  if (!text.startsWith("localhost/")) return undefined;
  const localhostProfile = text.slice("localhost/".length);
  return { value: { type: "Localhost", localhostProfile }, source };
}

/** The annotation of one container, as it stands. */
export function appArmorAnnotation(pod: Pod, container: ContainerAt): Setting<string> | undefined {
  const key = APP_ARMOR_ANNOTATION + container.container.name;
  const value = pod.metadata?.annotations?.[key];
  if (value === undefined) return undefined;
  return { value, source: { kind: "manifest", path: ["metadata", "annotations", key] } };
}

/** Both spellings; `profile` undefined: the message is not sent. */
export interface CriAppArmor {
  readonly profile: SecurityProfile | undefined;
  readonly deprecated: string;
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/helpers.go getAppArmorProfile */
export function getAppArmorProfile(
  pod: Pod,
  container: ContainerAt,
  effective: EffectiveContext,
  world: World,
): Setting<CriAppArmor> | Refusal {
  if (at(HAS_FIELDS, world.kubernetes) !== true) {
    const annotation = appArmorAnnotation(pod, container);
    if (annotation === undefined) return byDefault({ profile: undefined, deprecated: "" });
    return mapSetting(annotation, (deprecated) => ({ profile: undefined, deprecated }));
  }
  const found = getProfile(pod, container, effective, world);
  if (found === undefined) return byDefault({ profile: undefined, deprecated: "" });
  const { localhostProfile } = found.value;
  const type = found.value.type ?? "";
  if (type === "RuntimeDefault") return toCri(found, { profile_type: type }, "runtime/default");
  if (type === "Unconfined") return toCri(found, { profile_type: type }, "unconfined");
  if (type !== "Localhost") {
    return refuse(found, `unknown apparmor profile type: ${goQuote(type)}`);
  }
  if (localhostProfile === undefined || localhostProfile === null) {
    return refuse(found, "missing localhost apparmor profile name");
  }
  const profile = { profile_type: type, localhost_ref: localhostProfile };
  return toCri(found, profile, `localhost/${localhostProfile}`);
}

function toCri(
  found: Setting<AppArmorProfile>,
  profile: SecurityProfile,
  deprecated: string,
): Setting<CriAppArmor> {
  return { value: { profile, deprecated }, source: found.source };
}

function refuse(found: Setting<AppArmorProfile>, refusal: string): Refusal {
  const path = found.source.kind === "manifest" ? found.source.path : [];
  return { refusal, gate: "getAppArmorProfile", field: "appArmorProfile", path };
}
