// A pod as the checks look at it: every container in upstream's order, and nothing that a malformed document could break.
import type { FieldPath } from "../model/finding.ts";
import type { Container, PodSecurityContext, PodSpec, SecurityContext } from "../model/pod.ts";

const LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

export interface ContainerView {
  readonly name: string;
  readonly list: (typeof LISTS)[number];
  readonly index: number;
  readonly container: Partial<Container>;
  readonly securityContext: SecurityContext | undefined;
}
export interface VolumeView {
  readonly name: string;
  readonly index: number;
  readonly volume: Readonly<Record<string, unknown>>;
  /** The keys that are set, but for the name. */
  readonly sources: readonly string[];
}
/** What is null, absent or of a wrong type is absent here, as Go's decoder leaves zero values. */
export interface PodView {
  readonly name: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly spec: Partial<PodSpec>;
  readonly securityContext: PodSecurityContext | undefined;
  readonly containers: readonly ContainerView[];
  readonly volumes: readonly VolumeView[];
}

const NOTHING: object = {};
const EMPTY: readonly never[] = [];

/**
 * Reads any value as a pod; it never throws. A null in a list is an empty object there, as Go decodes it.
 * @see pod-security-admission v0.37.2 policy/visitor.go visitContainers
 */
export function viewPod(pod: unknown): PodView {
  const { metadata, spec } = asObject<{ metadata?: unknown; spec?: unknown }>(pod);
  return viewSpec(metadata, spec);
}

/** As `viewPod`, of metadata and spec by themselves. */
export function viewSpec(metadata: unknown, spec: unknown): PodView {
  const meta = asObject<{ name?: unknown; annotations?: unknown }>(metadata);
  const known = asObject<PodSpec>(spec);
  const containers: ContainerView[] = [];
  for (const list of LISTS) {
    const items = listOf(known[list]);
    for (let index = 0; index < items.length; index += 1) {
      const container = asObject<Container>(items[index]);
      const { securityContext } = container;
      containers.push({
        name: textOf(container.name),
        list,
        index,
        container,
        securityContext: isObject(securityContext) ? securityContext : undefined,
      });
    }
  }
  return {
    name: textOf(meta.name),
    annotations: asObject<Record<string, unknown>>(meta.annotations),
    spec: known,
    securityContext: isObject(known.securityContext) ? known.securityContext : undefined,
    containers,
    volumes: volumesOf(known.volumes),
  };
}

function volumesOf(value: unknown): readonly VolumeView[] {
  const items = listOf(value);
  if (items.length === 0) return EMPTY;
  return items.map((item, index) => {
    const volume = asObject<Record<string, unknown>>(item);
    return { name: textOf(volume["name"]), index, volume, sources: sourcesOf(volume) };
  });
}

function sourcesOf(volume: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(volume).filter(
    (key) => key !== "name" && volume[key] !== undefined && volume[key] !== null,
  );
}

/** Is it an object of fields? */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject<T extends object>(value: unknown): Partial<T> {
  return (isObject(value) ? value : NOTHING) as Partial<T>;
}

/** The list, or an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : EMPTY;
}

/** The text, or `""` for anything else: Go's zero value. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Path of a field below a container, from the pod. */
export function inContainer(view: ContainerView, ...steps: FieldPath): FieldPath {
  return ["spec", view.list, view.index, ...steps];
}

/** Path of a field of a container's securityContext. */
export function inSecurityContext(view: ContainerView, ...steps: FieldPath): FieldPath {
  return ["spec", view.list, view.index, "securityContext", ...steps];
}

/** Path of a field of the pod's securityContext. */
export function inPodSecurityContext(...steps: FieldPath): FieldPath {
  return ["spec", "securityContext", ...steps];
}
