// Whether the node can enforce the pod's AppArmor profiles.
import type { FieldPath } from "../../model/finding.ts";
import type { AppArmorProfile, ContainerAt, Pod } from "../../model/pod.ts";
import { containersOf } from "../../model/pod.ts";
import type { Setting } from "../../model/setting.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { gateEnabled } from "../../rules/featureGates.ts";
import { goQuote } from "../../rules/goText.ts";
import { determineEffectiveSecurityContext, type EffectiveContext } from "../effective.ts";
import {
  APP_ARMOR_ANNOTATION,
  appArmorAnnotation,
  appArmorFields,
  getProfile,
} from "../getAppArmorProfile.ts";
import type { Admission, Rejection } from "./rejection.ts";

type Check = (pod: Pod, container: ContainerAt, world: World) => Problem | undefined;
/** A string is the kubelet's refusal. */
interface Problem {
  readonly refusal?: string;
  readonly note?: string;
  readonly from: Setting<unknown>;
}
interface Rules {
  /** A feature gate can switch AppArmor off. */
  readonly gated: boolean;
  readonly check: Check;
}
const RULES: Versioned<Rules> = [
  { since: "v1.0", value: { gated: true, check: checkLoaded } },
  { since: "v1.24", value: { gated: true, check: checkAnnotation } },
  { since: "v1.30", value: { gated: true, check: checkProfile } },
  { since: "v1.31", value: { gated: false, check: checkProfile } },
];

/** @see kubernetes v1.37.2 pkg/security/apparmor/validate.go Validate */
export function admitAppArmor(pod: Pod, podLevel: EffectiveContext, world: World): Admission {
  const asked = requiredAt(pod, podLevel, world);
  if (asked === undefined) return undefined;
  const rules = at(RULES, world.kubernetes);
  if (rules === undefined) return undefined;
  const host = validateHost(rules, world);
  if (host !== undefined) return { ...reject(host, asked), ...assumed(world) };
  let note: Admission;
  for (const container of containersOf(pod.spec)) {
    const problem = rules.check(pod, container, world);
    if (problem === undefined) continue;
    const path = problem.from.source.kind === "manifest" ? problem.from.source.path : [];
    if (problem.refusal !== undefined) return reject(problem.refusal, path);
    note ??= { note: problem.note ?? "", field: "appArmorProfile", path };
  }
  return note;
}

function assumed({ node }: World): Pick<Rejection, "hint"> {
  return node.appArmorUntold === true
    ? { hint: "nobody told whether the node has AppArmor: one without it is assumed" }
    : {};
}

function reject(problem: string, path: FieldPath): Rejection {
  const message = `Cannot enforce AppArmor: ${problem}`;
  return { gate: "appArmor", reason: "AppArmor", message, field: "appArmorProfile", path };
}

/** @see kubernetes v1.37.2 pkg/security/apparmor/validate.go validateHost */
function validateHost(rules: Rules, world: World): string | undefined {
  if (rules.gated && !gateEnabled(world, "AppArmor")) return "AppArmor disabled by feature-gate";
  return world.node.appArmor ? undefined : "AppArmor is not enabled on the host";
}

/**
 * Where a profile other than Unconfined is asked for; undefined: nowhere. Of several annotations upstream takes the first that Go's
 * map order gives, which is random; here it is the first of the object.
 * @see kubernetes v1.37.2 pkg/security/apparmor/helpers.go isRequired
 */
function requiredAt(pod: Pod, podLevel: EffectiveContext, world: World): FieldPath | undefined {
  if (appArmorFields(world)) {
    if (isConfined(podLevel.appArmorProfile?.value)) return ["spec", ...PROFILE];
    for (const { container, path } of containersOf(pod.spec)) {
      const own = container.securityContext?.appArmorProfile ?? undefined;
      if (isConfined(own)) return [...path, ...PROFILE];
    }
  }
  const annotations = pod.metadata?.annotations ?? {};
  const key = Object.keys(annotations).find((one) => one.startsWith(APP_ARMOR_ANNOTATION));
  if (key === undefined || annotations[key] === "unconfined") return undefined;
  return ["metadata", "annotations", key];
}

const PROFILE = ["securityContext", "appArmorProfile"] as const;

function isConfined(profile: AppArmorProfile | undefined): boolean {
  return profile !== undefined && profile.type !== "Unconfined";
}

/** A Localhost profile must have a name; whether it is loaded, only the runtime asks. */
function checkProfile(pod: Pod, container: ContainerAt, world: World): Problem | undefined {
  const effective = determineEffectiveSecurityContext(pod, container);
  const from = getProfile(pod, container, effective, world);
  if (from === undefined || from.value.type !== "Localhost") return undefined;
  const name = from.value.localhostProfile ?? undefined;
  if (name !== undefined && name.trim() !== "") return undefined;
  const printed = `&AppArmorProfile{Type:Localhost,LocalhostProfile:${name === undefined ? "nil" : `*${name}`},}`;
  return { refusal: `invalid empty AppArmor profile name: ${goQuote(printed)}`, from };
}

/** @see kubernetes v1.24.17 pkg/security/apparmor/validate.go Validate */
function checkAnnotation(pod: Pod, container: ContainerAt): Problem | undefined {
  const from = appArmorAnnotation(pod, container);
  if (from === undefined) return undefined;
  const problem = checkFormat(from);
  if (problem !== undefined) return problem;
  if (localhostName(from.value)?.trim() !== "") return undefined;
  return { refusal: `invalid empty AppArmor profile name: ${goQuote(from.value)}`, from };
}

/** @see kubernetes v1.23.17 pkg/security/apparmor/validate.go validateProfile */
function checkLoaded(pod: Pod, container: ContainerAt, world: World): Problem | undefined {
  const from = appArmorAnnotation(pod, container);
  if (from === undefined) return undefined;
  const problem = checkFormat(from);
  if (problem !== undefined) return problem;
  const name = localhostName(from.value);
  const loaded = world.node.appArmorProfiles;
  if (name === undefined || loaded?.includes(name) === true) return undefined;
  if (loaded === undefined) {
    return { note: `refused unless the profile ${goQuote(name)} is loaded on the node`, from };
  }
  return { refusal: `profile ${goQuote(name)} is not loaded`, from };
}

/** @see kubernetes v1.23.17 pkg/security/apparmor/validate.go ValidateProfileFormat */
function checkFormat(from: Setting<string>): Problem | undefined {
  const { value } = from;
  if (value === "" || value === "runtime/default" || value === "unconfined") return undefined;
  if (localhostName(value) !== undefined) return undefined;
  return { refusal: `invalid AppArmor profile name: ${goQuote(value)}`, from };
}

function localhostName(profile: string): string | undefined {
  return profile.startsWith("localhost/") ? profile.slice("localhost/".length) : undefined;
}
