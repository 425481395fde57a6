// The release of the policy that a pod's namespace pins beside the level that `fix` is to reach: it is reached there, too.

import type { KubeMinor } from "../../model/version.ts";
import { olderOf } from "../../model/version.ts";
import type { World } from "../../model/world.ts";
import { isEnforcedBy } from "../../podsecurity/findings.ts";
import type { Level } from "../../podsecurity/level.ts";
import { defaultPolicy, policyToEvaluate } from "../../podsecurity/policy.ts";

/** Empty where nothing is pinned, or another level is. */
export function enforcedVersions(level: Level, world: World): readonly KubeMinor[] {
  if (!isEnforcedBy(world)) return [];
  const defaults = defaultPolicy(world.podSecurity.defaults);
  const { enforce } = policyToEvaluate(world.namespace.labels, defaults).policy;
  if (enforce.level !== level || enforce.version === "latest") return [];
  // A server judges by no policy newer than itself.
  const version = olderOf(enforce.version, world.kubernetes);
  return version === world.kubernetes ? [] : [version];
}
