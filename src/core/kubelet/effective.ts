// The effective security context: pod level and container level merged as the kubelet does, each value with its origin.
import type { FieldCard, FieldName, FieldTypes, Merge } from "../fields/card.ts";
import { FIELDS } from "../fields/fields.ts";
import type { FieldPath } from "../model/finding.ts";
import type { ContainerAt, Pod } from "../model/pod.ts";
import type { Setting } from "../model/setting.ts";

/** A field that nobody set is absent: what that means is for each program to say. */
export type EffectiveContext = {
  readonly [Name in FieldName]?: Setting<FieldTypes[Name]>;
};

/**
 * One fold over the cards. Without `container`, what holds for the pod's sandbox: the pod level alone.
 * Beyond upstream's function it also joins seccompProfile and appArmorProfile, whose container value wins likewise,
 * and carries the fields that stand at one level.
 * @see kubernetes v1.37.2 pkg/securitycontext/util.go DetermineEffectiveSecurityContext
 */
export function determineEffectiveSecurityContext(
  pod: Pod,
  container?: ContainerAt,
): EffectiveContext {
  const levels: Levels = {
    podSpec: pod.spec,
    pod: pod.spec.securityContext ?? undefined,
    container: container?.container.securityContext ?? undefined,
    containerPath: container?.path,
  };
  const effective: Record<string, Setting<unknown>> = {};
  for (const card of FIELDS) {
    const setting = MERGES[card.merge](card, levels);
    if (setting !== undefined) effective[card.name] = setting;
  }
  return effective as EffectiveContext;
}

/** Did the author write it at the pod's level? Where legacy annotations stand between the levels, that decides. */
export function isPodLevel(setting: Setting<unknown>): boolean {
  return setting.source.kind === "manifest" && setting.source.path[1] === "securityContext";
}

interface Levels {
  readonly podSpec: object;
  readonly pod: object | undefined;
  readonly container: object | undefined;
  readonly containerPath: FieldPath | undefined;
}
type Merged = Setting<unknown> | undefined;

const MERGES: Readonly<Record<Merge, (card: FieldCard, levels: Levels) => Merged>> = {
  podOnly: atPod,
  containerOnly: atContainer,
  containerWins(card, levels) {
    const own = atContainer(card, levels);
    const inherited = atPod(card, levels);
    if (own === undefined || inherited === undefined) return own ?? inherited;
    return { value: own.value, source: own.source, was: inherited };
  },
  bySubfield(card, levels) {
    const own = atContainer(card, levels);
    const inherited = atPod(card, levels);
    if (own === undefined || inherited === undefined) return own ?? inherited;
    const value = mergeGroups(card.groups ?? [], own.value as object, inherited.value as object);
    return { value, source: own.source, was: inherited };
  },
};

/** The first level outside containers where the card's field may stand. */
function atPod(card: FieldCard, levels: Levels): Merged {
  if (card.at[0] === "podSpec") {
    const value = read(levels.podSpec, card.name);
    return value === undefined ? undefined : written(value, ["spec", card.name]);
  }
  if (card.at[0] !== "pod" || levels.pod === undefined) return undefined;
  const value = read(levels.pod, card.name);
  return value === undefined ? undefined : written(value, ["spec", "securityContext", card.name]);
}

function atContainer(card: FieldCard, levels: Levels): Merged {
  if (levels.container === undefined || levels.containerPath === undefined) return undefined;
  if (card.at[card.at.length - 1] !== "container") return undefined;
  const value = read(levels.container, card.name);
  if (value === undefined) return undefined;
  return written(value, [...levels.containerPath, "securityContext", card.name]);
}

/** JSON's null is Go's nil: not set. */
function read(object: object, key: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[key] ?? undefined;
}

function written(value: unknown, path: FieldPath): Setting<unknown> {
  return { value, source: { kind: "manifest", path } };
}

/** A group of subfields is the container's as soon as the container sets one of them. */
function mergeGroups(
  groups: readonly (readonly string[])[],
  own: object,
  inherited: object,
): object {
  const merged: Record<string, unknown> = {};
  for (const group of groups) {
    const from = group.some((key) => read(own, key) !== undefined) ? own : inherited;
    for (const key of group) {
      const value = read(from, key);
      if (value !== undefined) merged[key] = value;
    }
  }
  return merged;
}
