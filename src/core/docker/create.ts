// POST /containers/create: a request as the container that start will make a spec of, or the refusal.
// @see moby v28.5.2 daemon/create.go containerCreate, create; daemon/daemon_unix.go adaptContainerSettings
import { isValidContext } from "../rules/seLinuxContext.ts";
import type { Facts } from "./facts.ts";
import type { MountPoint } from "./mountPoint.ts";
import { registerMountPoints } from "./registerMounts.ts";
import type { CreateRequest } from "./request.ts";
import { parseSecurityOpt, type SecurityOptions } from "./securityOpt.ts";
import { generateSecurityOpt, initLabels, type Labels } from "./selinux.ts";
import { ROOTFS } from "./specDraft.ts";
import { verifyRequest } from "./verify.ts";

export interface CreatedContainer {
  readonly request: CreateRequest;
  readonly options: SecurityOptions;
  readonly labels: Labels;
  readonly points: readonly MountPoint[];
}
export type CreatedOrError =
  | { readonly container: CreatedContainer; readonly error?: undefined }
  | { readonly container?: undefined; readonly error: string };

export function createContainer(request: CreateRequest, facts: Facts): CreatedOrError {
  const refusal = verifyRequest(request, facts);
  if (refusal !== undefined) return { error: refusal };
  const added = generateSecurityOpt(request, facts);
  if (added.error !== undefined) return added;
  const parsed = parseSecurityOpt([...request.securityOpt, ...added.opts], facts.release);
  if (parsed.error !== undefined) return parsed;
  const { options } = parsed;
  const labelled = initLabels(options.labels, facts);
  if (labelled.error !== undefined) return labelled;
  const { labels } = labelled;
  // The root filesystem is mounted with the label once, to prepare it.
  if (labels.mount !== "" && !isValidContext(labels.mount, facts.world.node.seLinuxPolicy)) {
    return { error: `error creating overlay mount to ${ROOTFS}: invalid argument` };
  }
  const registered = registerMountPoints(request);
  if (registered.error !== undefined) return registered;
  return { container: { request, options, labels, points: registered.points } };
}
