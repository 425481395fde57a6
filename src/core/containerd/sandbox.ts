// RunPodSandbox: the pod's sandbox, its spec or the refusal.
// @see containerd v2.1.9 internal/cri/server/sandbox_run.go RunPodSandbox; internal/cri/server/podsandbox/sandbox_run.go Start
import type { OciSpec } from "../model/oci.ts";
import type { ImageFacts } from "../model/world.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { userOfImage } from "../rules/imageUser.ts";
import { defaultSpec } from "./defaultSpec.ts";
import type { Facts } from "./facts.ts";
import { imageFiles } from "./imageFiles.ts";
import { generateSeccompSpecOpts } from "./seccomp.ts";
import { initLabels, type Labels, printOptions, toLabel } from "./selinux.ts";
import { applyOpts, writeSpec } from "./specDraft.ts";
import { sandboxContainerSpec, sandboxContainerSpecOpts } from "./specOpts.ts";
import { rootfsError } from "./start.ts";
import { parseUsernsIDs, setupNetnsWithinUserns } from "./userNamespace.ts";
import { generateUserString } from "./userString.ts";

/** A sandbox as its containers see it. */
export interface Sandbox {
  readonly sc: CriSecurityContext;
  readonly spec: OciSpec;
  /** containerd remembers the process label of a privileged sandbox too, though no process has it. */
  readonly labels: Labels;
}

export type SandboxOrError =
  | { readonly sandbox: Sandbox; readonly error?: undefined }
  | { readonly error: string };

export interface SandboxCall {
  readonly sc: CriSecurityContext;
  readonly sysctls: Readonly<Record<string, string>>;
  /** The sandbox's image; the usual one has neither users nor groups. */
  readonly pause: ImageFacts;
  readonly facts: Facts;
}

export function runPodSandbox({ sc, sysctls, pause, facts }: SandboxCall): SandboxOrError {
  const { release } = facts;
  const { words } = release;
  const asked = release.userNamespaces ? sc.userns : undefined;
  if (asked?.mode === "POD" && sc.network !== "NODE" && release.usernsNetworkBy === "containerd") {
    const error = setupNetnsWithinUserns(asked);
    if (error !== undefined) {
      return { error: `failed to create network namespace for sandbox "<ID>": ${error}` };
    }
  }
  const fail = (error: string) => ({ error: `${words.startSandbox}${error}` });
  const refused = (error: string) => fail(`failed to generate sandbox container spec: ${error}`);
  const userns = parseUsernsIDs(asked);
  if (userns.error !== undefined) return refused(`user namespace configuration: ${userns.error}`);
  const ownUserns = asked?.mode === "POD";
  if (ownUserns && sc.network === "NODE" && release.usernsNetworkBy === "containerd") {
    return refused(
      "failed to pin user namespace: failed to open netns(): open : no such file or directory",
    );
  }
  const options = toLabel(sc.selinux);
  if (options.error !== undefined) {
    return refused(`failed to init selinux options ${printOptions(sc.selinux)}: ${options.error}`);
  }
  const labels = initLabels(options.options, facts);
  const draft = defaultSpec(facts);
  applyOpts(
    draft,
    sandboxContainerSpec({
      sc,
      sysctls,
      labels,
      userns: ownUserns ? userns : undefined,
      facts,
    }),
  );

  const seccomp = generateSeccompSpecOpts(sc, facts);
  if (seccomp.error !== undefined) {
    return fail(
      `${words.sandboxSpecOptions}: failed to generate seccomp spec opts: ${seccomp.error}`,
    );
  }
  const user = generateUserString({ ...sc, runAsUsername: "" });
  if (user.error !== undefined) {
    return fail(`${words.sandboxSpecOptions}: failed to generate user string: ${user.error}`);
  }
  const files = imageFiles(pause, facts, true);
  const error = applyOpts(
    draft,
    sandboxContainerSpecOpts({
      user: user.text === "" ? (userOfImage(pause) ?? "") : user.text,
      files,
      seccomp: seccomp.opt,
      facts,
    }),
  );
  if (error !== undefined) return fail(`failed to create containerd container: ${error}`);
  const unmountable = rootfsError(labels.mount, facts);
  if (unmountable !== undefined) return fail(unmountable);
  return { sandbox: { sc, spec: writeSpec(draft), labels } };
}
