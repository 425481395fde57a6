// Findings that a person has accepted with a reason: `fix` leaves what they speak of, and mends the rest.

import { type FieldPath, samePath, toPointer } from "../../model/finding.ts";
import { containersOf, type Pod } from "../../model/pod.ts";
import type { World } from "../../model/world.ts";
import { deltaTo, type LevelChange } from "../../podsecurity/delta.ts";
import type { Level } from "../../podsecurity/level.ts";
import { asJudged } from "../asJudged.ts";
import { coversField, withAcceptedElements } from "./acceptedFields.ts";
import { VOIDED, voidBeside } from "./besidePrivileged.ts";
import type { FixNote } from "./fixed.ts";
import { fieldOf, placeOf } from "./takenNotes.ts";

const PRIVILEGED: ReadonlySet<string> = new Set(["privileged"]);

export interface AcceptedFinding {
  /** `podsecurity.privileged`. */
  readonly id: string;
  /** Absent: of the whole pod. */
  readonly container?: string;
  /** Present: of this field alone (relative to the pod), as the same check refuses others that nobody accepted. */
  readonly field?: { readonly path: FieldPath; readonly value: unknown };
  readonly reason: string;
  /** Who says so: `pod.yaml:12`. */
  readonly at: string;
}

export interface OpenDelta {
  readonly open: readonly LevelChange[];
  /** One for each change that is accepted, or that a container which stays privileged makes void. */
  readonly notes: readonly FixNote[];
}

/** What the pod lacks to reach the level at the world's release, but for what is accepted. */
export function openDelta(
  written: Pod,
  level: Level,
  world: World,
  accepted: readonly AcceptedFinding[],
): OpenDelta {
  const pod = asJudged(written, world);
  const delta = deltaTo(pod, level, world.kubernetes);
  if (accepted.length === 0) return { open: delta, notes: [] };
  const open: LevelChange[] = [];
  const notes = new Map<string, FixNote>();
  for (const whole of delta.flatMap((one) => byContainer(pod, one, accepted))) {
    const ofCheck = accepted.filter((one) => isOfCheck(one, pod, whole));
    const kept = withAcceptedElements(whole, ofCheck);
    const change = kept?.rest ?? whole;
    const found = kept?.by ?? ofCheck.find((one) => coversField(one.field?.path, change.path));
    if (found === undefined || kept?.rest !== undefined) {
      const message = voidBeside(pod, change, (name) => isAccepted(accepted, PRIVILEGED, name));
      if (message === undefined) open.push(change);
      else
        notes.set(toPointer(change.path), { kind: "left", ...placeOf(pod, change.path), message });
    }
    if (found === undefined) continue;
    // What would take a volume's place is no matter of its own.
    if (change.path[1] === "volumes" && change.from === undefined) continue;
    const message = `${fieldOf(change.path)} stays as it is: ${found.reason} (${found.at})`;
    notes.set(toPointer(change.path), { kind: "accepted", ...placeOf(pod, change.path), message });
  }
  return { open, notes: [...notes.values()] };
}

/** @param path of the finding, relative to the pod */
export function acceptsFinding(
  accepted: readonly AcceptedFinding[],
  id: string,
  path: FieldPath,
): boolean {
  return accepted.some(
    (one) => one.id === id && (one.field === undefined || samePath(one.field.path, path)),
  );
}

export function isAccepted(
  accepted: readonly AcceptedFinding[],
  checks: ReadonlySet<string>,
  container: string | undefined,
): boolean {
  return accepted.some(
    (one) => checks.has(one.id.replace(/^podsecurity\./, "")) && isOfContainer(one, container),
  );
}

function isOfContainer({ container: own, field }: AcceptedFinding, container?: string): boolean {
  if (own === container) return true;
  return field === undefined && (own === undefined || container === undefined);
}

function isOfCheck(one: AcceptedFinding, pod: Pod, { check, path }: LevelChange): boolean {
  return isAccepted([one], new Set([check]), placeOf(pod, path).container);
}

/** A field of the pod that only some containers are to have is given to those. */
function byContainer(
  pod: Pod,
  change: LevelChange,
  accepted: readonly AcceptedFinding[],
): LevelChange[] {
  const field = String(change.path[2]);
  const isShared = change.path[1] === "securityContext" && change.from === undefined;
  const checks = VOIDED.has(change.check) ? ["privileged", change.check] : [change.check];
  const some = accepted.some(
    ({ id, container }) =>
      checks.some((check) => id === `podsecurity.${check}`) && container !== undefined,
  );
  if (!isShared || !some) return [change];
  return containersOf(pod.spec)
    .filter(({ container }) => {
      const own = container.securityContext as Readonly<Record<string, unknown>> | undefined;
      return (own?.[field] ?? undefined) === undefined;
    })
    .map(({ path }) => ({
      ...change,
      path: [...path, "securityContext", ...change.path.slice(2)],
    }));
}
