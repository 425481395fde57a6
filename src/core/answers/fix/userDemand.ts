// Whether a container must not be root: by the level, by the pod itself, or not, as a person has accepted it.
import { determineEffectiveSecurityContext } from "../../kubelet/effective.ts";
import { samePath } from "../../model/finding.ts";
import type { ContainerAt, Pod } from "../../model/pod.ts";
import type { Setting } from "../../model/setting.ts";
import { at } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { runAsNonRoot } from "../../podsecurity/checks/runAsNonRoot.ts";
import type { LevelChange } from "../../podsecurity/delta.ts";
import { type AcceptedFinding, isAccepted } from "./accepted.ts";
import type { Demand } from "./users.ts";

const NON_ROOT: ReadonlySet<string> = new Set(["runAsNonRoot"]);
const USER: ReadonlySet<string> = new Set(["runAsUser"]);

/** @param delta what the pod lacks, but for what is accepted */
export function demandOf(
  pod: Pod,
  delta: readonly LevelChange[],
  world: World,
  accepted: readonly AcceptedFinding[],
): (container: ContainerAt) => Demand {
  const exempt = at(runAsNonRoot.exempt ?? [], world.kubernetes);
  const isExempt = exempt !== undefined && pod.spec?.hostUsers === exempt.value;
  const lacks = delta.some(({ check }) => check === "runAsNonRoot" || check === "runAsUser");
  return (container) => {
    const { name } = container.container;
    const set = determineEffectiveSecurityContext(pod, container);
    const isRoot = set.runAsUser?.value === 0;
    const staysRoot =
      isRoot && (isAccepted(accepted, USER, name) || acceptsSetting(accepted, set.runAsUser));
    if (isAccepted(accepted, NON_ROOT, name) && (staysRoot || !isRoot)) return false;
    const isDemanded =
      set.runAsNonRoot?.value === true
        ? isRoot || hasKnownImage(container, world)
        : lacks && !isExempt;
    return isDemanded && staysRoot ? "accepted" : isDemanded;
  };
}

/** The pod's own, which the container inherits. */
function acceptsSetting(
  accepted: readonly AcceptedFinding[],
  setting: Setting<unknown> | undefined,
): boolean {
  if (setting?.source.kind !== "manifest") return false;
  const { path } = setting.source;
  return accepted.some(
    ({ id, field }) =>
      id === "podsecurity.runAsUser" && field !== undefined && samePath(field.path, path),
  );
}

function hasKnownImage({ container }: ContainerAt, world: World): boolean {
  return container.image !== undefined && Object.hasOwn(world.images, container.image);
}
