// Which seccomp profile the kubelet asks the runtime for: the container's, else the pod's, else its own default.
import type { SecurityProfile } from "../model/cri.ts";
import type { ContainerAt, Pod, SeccompProfile } from "../model/pod.ts";
import type { Setting, Source } from "../model/setting.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { joinPath } from "../rules/paths.ts";
import { type EffectiveContext, isPodLevel } from "./effective.ts";
import { byDefault, mapSetting, type Refusal } from "./outcome.ts";

/** Before 1.24 a Localhost profile without a name counted as unset. */
const REFUSES_NAMELESS: Versioned<boolean> = [{ since: "v1.24", value: true }];
/** The kubelet's seccompDefault came with 1.22. */
const HAS_SECCOMP_DEFAULT: Versioned<boolean> = [{ since: "v1.22", value: true }];

/**
 * Localhost names become paths under the kubelet's root; an unknown type counts as Unconfined.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/helpers.go getSeccompProfile
 */
export function getSeccompProfile(
  effective: EffectiveContext,
  world: World,
): Setting<SecurityProfile> | Refusal {
  const profile = effective.seccompProfile;
  if (profile === undefined) {
    const fallback = seccompDefault(world);
    if (fallback === undefined) return byDefault({ profile_type: "Unconfined" });
    return { value: { profile_type: "RuntimeDefault" }, source: fallback };
  }
  const { type, localhostProfile } = profile.value;
  if (type === "Localhost" && isEmpty(localhostProfile)) {
    if (at(REFUSES_NAMELESS, world.kubernetes) === true) return nameless(profile);
  }
  return mapSetting(profile, (value) => fieldSeccompProfile(value, world));
}

/** @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/helpers.go fieldSeccompProfile */
function fieldSeccompProfile(profile: SeccompProfile, world: World): SecurityProfile {
  const { type, localhostProfile } = profile;
  if (type === "RuntimeDefault") return { profile_type: type };
  if (type !== "Localhost" || isEmpty(localhostProfile)) return { profile_type: "Unconfined" };
  return { profile_type: type, localhost_ref: localhostPath(localhostProfile ?? "", world) };
}

function isEmpty(text: string | null | undefined): boolean {
  return text === undefined || text === null || text === "";
}

function nameless(profile: Setting<SeccompProfile>): Refusal {
  return {
    refusal: "localhostProfile must be set if seccompProfile type is Localhost.",
    gate: "getSeccompProfile",
    field: "seccompProfile",
    path: profile.source.kind === "manifest" ? profile.source.path : [],
  };
}

function seccompDefault(world: World): Source | undefined {
  if (!world.node.seccompDefault || at(HAS_SECCOMP_DEFAULT, world.kubernetes) !== true) {
    return undefined;
  }
  return { kind: "node", fact: "seccompDefault" };
}

/** Cleaned as Go's filepath.Join does: `../` climbs out of the folder; only the API stops that. */
function localhostPath(name: string, world: World): string {
  return joinPath(world.node.kubeletRoot, "seccomp", name);
}

interface PathRules {
  /** Annotations stand between the levels: container field, container annotation, pod field, pod annotation. */
  readonly annotations: boolean;
}
/** Releases that also send the deprecated seccomp_profile_path, which dockershim reads. */
const PROFILE_PATH: Versioned<PathRules | undefined> = [
  { since: "v1.0", value: { annotations: true } },
  { since: "v1.25", value: { annotations: false } },
  { since: "v1.28", value: undefined },
];
const CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/";
const POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";

/**
 * The old spelling: `runtime/default`, `unconfined`, `localhost/<path>`, or "" for nothing asked.
 * undefined: this release sends it no more.
 * @see kubernetes v1.23.17 pkg/kubelet/kuberuntime/helpers.go getSeccompProfilePath
 */
export function getSeccompProfilePath(
  pod: Pod,
  container: ContainerAt,
  effective: EffectiveContext,
  world: World,
): Setting<string> | undefined {
  const rules = at(PROFILE_PATH, world.kubernetes);
  if (rules === undefined) return undefined;
  const field = effective.seccompProfile;
  if (field !== undefined && !isPodLevel(field)) return fieldProfile(field, world);
  const annotations = rules.annotations ? (pod.metadata?.annotations ?? {}) : {};
  const own = annotations[CONTAINER_ANNOTATION + container.container.name];
  if (own !== undefined) {
    return annotationProfile(own, CONTAINER_ANNOTATION + container.container.name, world);
  }
  if (field !== undefined) return fieldProfile(field, world);
  const podWide = annotations[POD_ANNOTATION];
  if (podWide !== undefined) return annotationProfile(podWide, POD_ANNOTATION, world);
  const fallback = seccompDefault(world);
  return fallback === undefined ? byDefault("") : { value: "runtime/default", source: fallback };
}

/** @see kubernetes v1.23.17 pkg/kubelet/kuberuntime/helpers.go fieldProfile */
function fieldProfile(field: Setting<SeccompProfile>, world: World): Setting<string> {
  const { source } = field;
  const { type, localhostProfile } = field.value;
  if (type === "RuntimeDefault") return { value: "runtime/default", source };
  if (type === "Unconfined") return { value: "unconfined", source };
  if (type === "Localhost" && !isEmpty(localhostProfile)) {
    return { value: `localhost/${localhostPath(localhostProfile ?? "", world)}`, source };
  }
  const fallback = seccompDefault(world);
  if (fallback === undefined) return { value: "", source };
  return { value: "runtime/default", source: fallback };
}

/** @see kubernetes v1.23.17 pkg/kubelet/kuberuntime/helpers.go annotationProfile */
function annotationProfile(profile: string, key: string, world: World): Setting<string> {
  const source: Source = { kind: "manifest", path: ["metadata", "annotations", key] };
  if (!profile.startsWith("localhost/")) return { value: profile, source };
  const name = profile.slice("localhost/".length);
  return { value: `localhost/${localhostPath(name, world)}`, source };
}
