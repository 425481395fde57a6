// The risks of a journey's pod: every risk that is known, asked in turn.
import type { Journey } from "../journey.ts";
import { determineEffectiveSecurityContext } from "../kubelet/effective.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import { isJsonObject, type JsonValue } from "../model/json.ts";
import { containersOf, type Pod } from "../model/pod.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import type { Risk, RiskyContainer, RiskyPod } from "./risk.ts";
import { addedAndDropped } from "./risks/addedAndDropped.ts";
import { appArmorOnNode } from "./risks/appArmorOnNode.ts";
import { capabilitySpelling } from "./risks/capabilitySpelling.ts";
import { capabilityWithoutEffect } from "./risks/capabilityWithoutEffect.ts";
import { decimalMode } from "./risks/decimalMode.ts";
import { fsGroupWithoutEffect } from "./risks/fsGroupWithoutEffect.ts";
import { groupZero } from "./risks/groupZero.ts";
import { hostRoot } from "./risks/hostRoot.ts";
import { idsOutsideUserNamespace } from "./risks/idsOutsideUserNamespace.ts";
import { localhostProfile } from "./risks/localhostProfile.ts";
import { powerfulCapability } from "./risks/powerfulCapability.ts";
import { privilegedVoids } from "./risks/privilegedVoids.ts";
import { readableSecret } from "./risks/readableSecret.ts";
import { runtimeSocket } from "./risks/runtimeSocket.ts";
import { seccompAnnotation } from "./risks/seccompAnnotation.ts";
import { secretModeWidened } from "./risks/secretModeWidened.ts";
import { sharedProcesses } from "./risks/sharedProcesses.ts";
import { slowOwnership } from "./risks/slowOwnership.ts";
import { unprivilegedPort } from "./risks/unprivilegedPort.ts";
import { unreadableSecret } from "./risks/unreadableSecret.ts";
import { volumeWithoutIdMap } from "./risks/volumeWithoutIdMap.ts";

/** By name; the order in which findings of one place are told. */
export const RISKS: readonly Risk[] = [
  addedAndDropped,
  appArmorOnNode,
  capabilitySpelling,
  capabilityWithoutEffect,
  decimalMode,
  fsGroupWithoutEffect,
  groupZero,
  hostRoot,
  idsOutsideUserNamespace,
  localhostProfile,
  powerfulCapability,
  privilegedVoids,
  readableSecret,
  runtimeSocket,
  seccompAnnotation,
  secretModeWidened,
  sharedProcesses,
  slowOwnership,
  unprivilegedPort,
  unreadableSecret,
  volumeWithoutIdMap,
];

/** With paths from the pod. A pod that is too malformed to have containers has none. */
export function risksOf(journey: Journey, risks: readonly Risk[] = RISKS): Finding[] {
  const pod = journey.pod ?? journey.document.pod;
  if (!isWellFormed(pod)) return [];
  const risky = riskyPod(pod, journey);
  return risks.flatMap(({ id, severity, find }) =>
    find(risky).map((hit) => ({ id, stage: "risk", severity, origin: "secctx", ...hit })),
  );
}

/** The same with its path from the document's root. */
export function fromPod(finding: Finding, { workload: { podPath } }: PodDocument): Finding {
  return podPath.length === 0 ? finding : { ...finding, path: [...podPath, ...finding.path] };
}

function isWellFormed({ spec }: Pod): boolean {
  if (!Array.isArray(spec?.containers)) return false;
  return containersOf(spec).every(({ container }) => typeof container === "object" && container);
}

function riskyPod(pod: Pod, { world, containers: walks, document }: Journey): RiskyPod {
  const containers = containersOf(pod.spec).map((at): RiskyContainer => {
    const effective = determineEffectiveSecurityContext(pod, at);
    return {
      at,
      effective,
      uid: effective.runAsUser?.value ?? uidOfImage(at.container.image, world),
    };
  });
  const walked = new Set((walks ?? []).filter(({ spec }) => spec !== null).map(({ name }) => name));
  return {
    pod,
    containers,
    isWindows: nodeOs(world) === "windows",
    walked,
    claims: claimsOf(document),
    world,
  };
}

function claimsOf({ object }: PodDocument): RiskyPod["claims"] {
  const spec = isJsonObject(object["spec"]) ? object["spec"] : {};
  const templates = spec["volumeClaimTemplates"];
  const claims = new Map<string, readonly string[]>();
  for (const template of Array.isArray(templates) ? (templates as readonly JsonValue[]) : []) {
    if (!isJsonObject(template)) continue;
    const { metadata, spec: claim } = template;
    const modes = isJsonObject(claim) ? claim["accessModes"] : undefined;
    if (!isJsonObject(metadata) || typeof metadata["name"] !== "string") continue;
    claims.set(metadata["name"], Array.isArray(modes) ? modes.map(String) : []);
  }
  return claims;
}

/** A name is no uid without the image's passwd file; nobody but the runtime looks into it. */
function uidOfImage(image: string | undefined, { images }: RiskyPod["world"]): number | undefined {
  const facts = image === undefined ? undefined : images[image];
  if (facts === undefined) return undefined;
  if (facts.user === undefined || facts.user === "") return facts.user === "" ? 0 : undefined;
  const [user = ""] = facts.user.split(":");
  return /^\d+$/.test(user) ? Number(user) : undefined;
}
