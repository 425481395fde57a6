// From 1.19 to 1.26 the API server copied the old seccomp annotations of a new pod into its fields.
import type { Container, ObjectMeta, PodSpec, SeccompProfile } from "../model/pod.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import {
  SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  SECCOMP_POD_ANNOTATION,
} from "./validation/seccompProfile.ts";

const COPIES: Versioned<boolean> = [
  { since: "v1.19", value: true },
  { since: "v1.27", value: false },
];
const LOCALHOST = "localhost/";

/** @see kubernetes v1.26.15 pkg/registry/core/pod/strategy.go applySeccompVersionSkew */
export function applySeccompVersionSkew(
  spec: PodSpec,
  { annotations }: ObjectMeta,
  world: World,
): PodSpec {
  if (annotations === undefined || at(COPIES, world.kubernetes) !== true) return spec;
  const field = seccompFieldForAnnotation(annotations[SECCOMP_POD_ANNOTATION]);
  const own = spec.securityContext?.seccompProfile;
  const securityContext =
    field === undefined || own !== undefined
      ? spec.securityContext
      : { ...spec.securityContext, seccompProfile: field };
  const withField = (container: Container): Container => {
    const copied = seccompFieldForAnnotation(
      annotations[SECCOMP_CONTAINER_ANNOTATION_PREFIX + container.name],
    );
    if (copied === undefined || container.securityContext?.seccompProfile !== undefined)
      return container;
    return {
      ...container,
      securityContext: { ...container.securityContext, seccompProfile: copied },
    };
  };
  const { initContainers } = spec;
  return {
    ...spec,
    ...(securityContext === undefined ? {} : { securityContext }),
    containers: (spec.containers ?? []).map(withField),
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map(withField) }),
  };
}

/** @see kubernetes v1.26.15 pkg/registry/core/pod/strategy.go seccompFieldForAnnotation */
export function seccompFieldForAnnotation(
  annotation: string | undefined,
): SeccompProfile | undefined {
  if (annotation === "unconfined") return { type: "Unconfined" };
  if (annotation === "runtime/default" || annotation === "docker/default") {
    return { type: "RuntimeDefault" };
  }
  if (annotation?.startsWith(LOCALHOST) !== true || annotation === LOCALHOST) return undefined;
  return { type: "Localhost", localhostProfile: annotation.slice(LOCALHOST.length) };
}
