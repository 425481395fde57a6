// Every field that bears on the security of a pod: 18 of securityContext and 5 neighbours of it in the pod's spec.
import { allowPrivilegeEscalation } from "./allowPrivilegeEscalation.ts";
import { appArmorProfile } from "./appArmorProfile.ts";
import { capabilities } from "./capabilities.ts";
import type { FieldCard, FieldName } from "./card.ts";
import { fsGroup } from "./fsGroup.ts";
import { fsGroupChangePolicy } from "./fsGroupChangePolicy.ts";
import { hostIPC } from "./hostIPC.ts";
import { hostNetwork } from "./hostNetwork.ts";
import { hostPID } from "./hostPID.ts";
import { hostUsers } from "./hostUsers.ts";
import { privileged } from "./privileged.ts";
import { procMount } from "./procMount.ts";
import { readOnlyRootFilesystem } from "./readOnlyRootFilesystem.ts";
import { runAsGroup } from "./runAsGroup.ts";
import { runAsNonRoot } from "./runAsNonRoot.ts";
import { runAsUser } from "./runAsUser.ts";
import { seccompProfile } from "./seccompProfile.ts";
import { seLinuxChangePolicy } from "./seLinuxChangePolicy.ts";
import { seLinuxOptions } from "./seLinuxOptions.ts";
import { shareProcessNamespace } from "./shareProcessNamespace.ts";
import { supplementalGroups } from "./supplementalGroups.ts";
import { supplementalGroupsPolicy } from "./supplementalGroupsPolicy.ts";
import { sysctls } from "./sysctls.ts";
import { windowsOptions } from "./windowsOptions.ts";

/** In the order of the API's types: pod level first, then what only containers have, then the neighbours. */
export const FIELDS: readonly FieldCard[] = [
  seLinuxOptions,
  windowsOptions,
  runAsUser,
  runAsGroup,
  runAsNonRoot,
  supplementalGroups,
  supplementalGroupsPolicy,
  fsGroup,
  sysctls,
  fsGroupChangePolicy,
  seccompProfile,
  appArmorProfile,
  seLinuxChangePolicy,
  capabilities,
  privileged,
  readOnlyRootFilesystem,
  allowPrivilegeEscalation,
  procMount,
  hostNetwork,
  hostPID,
  hostIPC,
  hostUsers,
  shareProcessNamespace,
];

/** The card of a field. */
export function cardOf(name: FieldName): FieldCard {
  const card = FIELDS.find((one) => one.name === name);
  if (card === undefined) throw new TypeError(`no card for ${name}`);
  return card;
}
