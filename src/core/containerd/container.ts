// CreateContainer: a container's spec in its sandbox, or the refusal.
// @see containerd v2.1.9 internal/cri/server/container_create.go createContainer, buildContainerSpec, buildLinuxSpec
import type { CriMount } from "../model/cri.ts";
import type { OciSpec } from "../model/oci.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";
import { generateApparmorSpecOpts } from "./apparmor.ts";
import { containerMounts } from "./containerMounts.ts";
import { defaultSpec } from "./defaultSpec.ts";
import type { Facts } from "./facts.ts";
import type { ImageFiles } from "./imageFiles.ts";
import type { Sandbox } from "./sandbox.ts";
import { generateSeccompSpecOpts } from "./seccomp.ts";
import { dupSecOpt, initLabels, isEmpty, type Labels, toLabel } from "./selinux.ts";
import { applyOpts, type SpecDraft, writeSpec } from "./specDraft.ts";
import { buildLinuxSpec, platformSpecOpts } from "./specOpts.ts";
import { parseUsernsIDs, printUserns, sameUsernsConfig, type UsernsIDs } from "./userNamespace.ts";
import { generateUserString, userForGroups } from "./userString.ts";

export interface ContainerCall {
  readonly sc: CriSecurityContext;
  readonly sandbox: Sandbox;
  /** The image's USER; undefined when nobody knows it. */
  readonly imageUser: string | undefined;
  readonly files: ImageFiles;
  /** ContainerConfig.mounts. */
  readonly mounts: readonly CriMount[];
  readonly facts: Facts;
}

export interface Refused {
  readonly error: string;
  /** gRPC's code; absent: Unknown. */
  readonly code?: "NotFound";
}
export type ContainerOrError = { readonly spec: OciSpec; readonly error?: undefined } | Refused;

export function createContainer(call: ContainerCall): ContainerOrError {
  const { facts } = call;
  const draft = defaultSpec(facts);
  const built = buildContainerSpec(draft, call);
  if (built !== undefined) {
    return { ...built, error: `failed to generate container "<ID>" spec: ${built.error}` };
  }
  const opts = containerSpecOpts(call);
  if (opts.error !== undefined) {
    return { error: `failed to get container spec opts: ${opts.error}` };
  }
  const error = applyOpts(draft, opts.opts);
  if (error !== undefined) return { error: `failed to create containerd container: ${error}` };
  return { spec: writeSpec(draft) };
}

function buildContainerSpec(draft: SpecDraft, call: ContainerCall): Refused | undefined {
  const { sc, sandbox, mounts, facts } = call;
  const { release } = facts;
  const refused = (error: string, code?: "NotFound"): Refused => ({
    error: `${release.words.specOpts}${error}`,
    ...(code === undefined ? {} : { code }),
  });
  const labels = labelsOf(sc, sandbox, facts);
  if ("error" in labels) return refused(labels.error);
  if (sc.privileged && !sandbox.sc.privileged) {
    return refused("no privileged container allowed in sandbox");
  }
  const target = sc.pid === "TARGET" ? validateTargetContainer(sc.targetId, facts) : undefined;
  if (target !== undefined)
    return refused(`invalid target container: ${target.error}`, target.code);
  const userns = usernsOf(sc, sandbox, facts);
  if (userns.error !== undefined) return refused(userns.error);
  const error = applyOpts(
    draft,
    buildLinuxSpec({
      sc,
      mounts: [...mounts, ...containerMounts(sc, mounts, facts)],
      labels,
      userns: release.userNamespaces && sc.userns?.mode === "POD" ? userns : undefined,
      facts,
    }),
  );
  return error === undefined ? undefined : { error: `failed to generate spec: ${error}` };
}

/** Without options of its own a container has its sandbox's label. With some of its own the rest is the default, and fresh. */
function labelsOf(
  sc: CriSecurityContext,
  sandbox: Sandbox,
  facts: Facts,
): Labels | { readonly error: string } {
  const asked = toLabel(sc.selinux);
  if (asked.error !== undefined) return asked;
  const options = isEmpty(asked.options) ? dupSecOpt(sandbox.labels.process) : asked.options;
  return initLabels(options, facts);
}

/** containerd looks for a container whose id (64 hex digits) begins like this; one that could be an id is taken to run. */
function validateTargetContainer(id: string, { release }: Facts): Refused | undefined {
  if (id === "") return { error: `container "" does not exist: ${release.words.emptyTarget}` };
  if (/^[0-9a-f]{1,64}$/.test(id)) return undefined;
  return { error: `container ${goQuote(id)} does not exist: not found`, code: "NotFound" };
}

function usernsOf(sc: CriSecurityContext, sandbox: Sandbox, { release }: Facts): UsernsIDs {
  if (!release.userNamespaces) return { uids: [], gids: [] };
  const ids = parseUsernsIDs(sc.userns);
  if (ids.error !== undefined) return { error: `user namespace configuration: ${ids.error}` };
  if (sameUsernsConfig(sandbox.sc.userns, sc.userns)) return ids;
  return {
    error: `user namespace config for sandbox is different from container. Sandbox userns config: ${printUserns(sandbox.sc.userns)} - Container userns config: ${printUserns(sc.userns)}`,
  };
}

type Opts =
  | { readonly opts: ReturnType<typeof platformSpecOpts>; readonly error?: undefined }
  | { readonly error: string };

/** @see containerd v2.1.9 internal/cri/server/container_create_linux.go containerSpecOpts */
function containerSpecOpts({ sc, imageUser, files, facts }: ContainerCall): Opts {
  const { release } = facts;
  const user = generateUserString(sc);
  if (user.error !== undefined) return { error: `failed to generate user string: ${user.error}` };
  if (release.supplementalGroupsPolicy && typeof sc.supplementalGroupsPolicy === "number") {
    return {
      error: `not implemented in this containerd release: SupplementalGroupsPolicy=${sc.supplementalGroupsPolicy}`,
    };
  }
  const apparmor = generateApparmorSpecOpts(sc, facts);
  if (apparmor.error !== undefined) {
    return { error: `failed to generate apparmor spec opts: ${apparmor.error}` };
  }
  const seccomp = generateSeccompSpecOpts(sc, facts);
  if (seccomp.error !== undefined) {
    return { error: `failed to generate seccomp spec opts: ${seccomp.error}` };
  }
  const opts = platformSpecOpts({
    sc,
    user: user.text === "" ? imageUser : user.text,
    userForGroups: userForGroups(sc, imageUser ?? "", release.groupsOfImageUser),
    files,
    apparmor: apparmor.opt,
    seccomp: seccomp.opt,
    facts,
  });
  return { opts };
}
