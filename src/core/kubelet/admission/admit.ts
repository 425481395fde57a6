// Whether the node takes the pod: the kubelet's admission handlers in their order; the first refusal wins.
import type { Pod } from "../../model/pod.ts";
import { at, type Versioned } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { nodeOs } from "../../rules/nodeOs.ts";
import type { EffectiveContext } from "../effective.ts";
import { admitAppArmor } from "./appArmor.ts";
import { admitDeclaredFeatures } from "./declaredFeatures.ts";
import { admitPredicates } from "./predicates.ts";
import type { Admission, Rejection } from "./rejection.ts";
import { admitSysctls } from "./sysctls.ts";

export interface AdmissionHandler {
  readonly gate: string;
  readonly admit: (pod: Pod, podLevel: EffectiveContext, world: World) => Admission;
}

const SYSCTLS: AdmissionHandler = { gate: "sysctls", admit: admitSysctls };
const PREDICATES: AdmissionHandler = { gate: "predicates", admit: admitPredicates };
const APP_ARMOR: AdmissionHandler = { gate: "appArmor", admit: admitAppArmor };
const FEATURES: AdmissionHandler = { gate: "declaredFeatures", admit: admitDeclaredFeatures };

interface Handlers {
  /** A refusal fails the pod for good. */
  readonly hard: readonly AdmissionHandler[];
  /** A refusal leaves the pod Pending, its containers Blocked; asked again at every sync. */
  readonly soft: readonly AdmissionHandler[];
}

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet.go NewMainKubelet, AddPodAdmitHandlers */
const HANDLERS: Versioned<Handlers> = [
  { since: "v1.0", value: { hard: [SYSCTLS, PREDICATES], soft: [APP_ARMOR] } },
  { since: "v1.31", value: { hard: [SYSCTLS, PREDICATES, APP_ARMOR], soft: [] } },
  { since: "v1.35", value: { hard: [SYSCTLS, PREDICATES, APP_ARMOR, FEATURES], soft: [] } },
];

/** A kubelet of another system than Linux does not ask for AppArmor. */
export function admissionHandlers(world: World): Handlers {
  const handlers = at(HANDLERS, world.kubernetes) ?? { hard: [], soft: [] };
  if (nodeOs(world) === "linux") return handlers;
  return { hard: handlers.hard.filter(isForAll), soft: handlers.soft.filter(isForAll) };
}

function isForAll(handler: AdmissionHandler): boolean {
  return handler !== APP_ARMOR;
}

/** Before the refused pod's message in its status; the event has the message alone. */
const REJECTED: Versioned<string> = [
  { since: "v1.0", value: "Pod " },
  { since: "v1.26", value: "Pod was rejected: " },
];

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet.go rejectPod */
export function rejectionMessage(rejection: Rejection, world: World): string {
  return `${at(REJECTED, world.kubernetes) ?? ""}${rejection.message}`;
}
