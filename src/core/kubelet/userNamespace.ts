// Whether a pod gets a user namespace of its own, and which ids of the node stand behind it.
import type { UserNamespace } from "../model/cri.ts";
import type { Setting } from "../model/setting.ts";
import { at, type Versioned } from "../model/version.ts";
import type { World } from "../model/world.ts";
import { gateEnabled } from "../rules/featureGates.ts";
import { goQuote } from "../rules/goText.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import type { EffectiveContext } from "./effective.ts";
import { byDefault, byRule, isRefusal, type Refusal } from "./outcome.ts";
import { lookupRuntimeHandler } from "./runtimeHandler.ts";

/** Ids per pod, and so the first id of the first pod: range 0 is the node's own. */
const IDS_PER_POD = 65536;

/** Since 1.30 the kubelet refuses hostUsers on a gate or runtime without user namespaces; before, it looked at neither. */
const REFUSES: Versioned<boolean> = [{ since: "v1.30", value: true }];

/**
 * undefined: the gate is off, or the node runs Windows, and nothing is sent. A pod with hostUsers: false gets one range of 65536 ids; which of
 * them the node has free only the node can tell, so it is the first one here unless the world says another.
 * @see kubernetes v1.37.2 pkg/kubelet/userns/userns_manager.go GetOrCreateUserNamespaceMappings
 */
export function getOrCreateUserNamespaceMappings(
  effective: EffectiveContext,
  runtimeClassName: string,
  world: World,
): Setting<UserNamespace> | undefined | Refusal {
  const handler = lookupRuntimeHandler(runtimeClassName, world);
  if (isRefusal(handler)) return handler;
  if (nodeOs(world) === "windows") return undefined;
  const { hostUsers } = effective;
  const enabled = gateEnabled(world, "UserNamespacesSupport");
  const refuses = at(REFUSES, world.kubernetes) === true;
  if (!enabled) {
    if (hostUsers === undefined || !refuses) return undefined;
    return refuse(
      'the feature gate "UserNamespacesSupport" is disabled: can\'t set spec.HostUsers',
    );
  }
  if (hostUsers === undefined) return byDefault({ mode: "NODE" });
  if (hostUsers.value) return { value: { mode: "NODE" }, source: hostUsers.source };
  if (refuses && !handler.userns) return refuse(unsupported(handler.name));
  const range = [{ host_id: world.node.userNamespaceIds ?? IDS_PER_POD, length: IDS_PER_POD }];
  return byRule({ uids: range, gids: range }, "hostUsers false ⇒ one range of 65536 ids");
}

function unsupported(handler: string): string {
  const who = handler === "" ? "runtime" : `RuntimeClass handler ${goQuote(handler)}`;
  return `can't set \`spec.hostUsers: false\`, ${who} does not support user namespaces`;
}

function refuse(refusal: string): Refusal {
  return { refusal, gate: "userNamespace", field: "hostUsers", path: ["spec", "hostUsers"] };
}
