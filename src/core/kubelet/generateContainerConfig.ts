// One container's configuration for the runtime, or the words with which the kubelet leaves it waiting.
import type { ContainerAt, Pod } from "../model/pod.ts";
import type { World } from "../model/world.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import { determineEffectiveSecurityContext, type EffectiveContext } from "./effective.ts";
import { formatPod } from "./formatPod.ts";
import { generateWindowsContainerConfig } from "./generateWindowsContainerConfig.ts";
import { getImageUser, type ImageUser } from "./getImageUser.ts";
import type { KubeletConfig } from "./kubelet.ts";
import { makeEnvironmentVariables } from "./makeEnvironmentVariables.ts";
import { makeMounts } from "./makeMounts.ts";
import { withTarget } from "./namespacesForPod.ts";
import { doubt, type Notes, open, tracer } from "./notes.ts";
import { isRefusal, type Refusal } from "./outcome.ts";
import { runtimeSecurityContext } from "./runtimeSecurityContext.ts";
import type { StartedSandbox } from "./startSandbox.ts";
import { verifyRunAsNonRoot } from "./verifyRunAsNonRoot.ts";
import { verifyRunAsNonRootOnWindows } from "./verifyRunAsNonRootOnWindows.ts";

export interface ContainerTask {
  readonly pod: Pod;
  readonly container: ContainerAt;
  readonly sandbox: StartedSandbox;
  /** The container whose process namespace an ephemeral one joins. */
  readonly target: string | undefined;
  /** JSON Pointer of the container in the stage's answer. */
  readonly at: string;
}
export interface ContainerConfig {
  readonly config: KubeletConfig;
  /** Is the image's user needed and not known? */
  readonly lacksImageUser: boolean;
}

/**
 * Environment, then mounts, then verifyRunAsNonRoot, then the security context: the order in which the real one fails.
 * @see kubernetes v1.37.2 pkg/kubelet/kuberuntime/kuberuntime_container.go generateContainerConfig
 */
export function generateContainerConfig(
  task: ContainerTask,
  world: World,
  notes: Notes,
): ContainerConfig | Refusal {
  const { pod, container, sandbox, target, at } = task;
  const { name } = container.container;
  const image = container.container.image ?? "";
  const environment = makeEnvironmentVariables(pod, container, world);
  if (environment !== undefined) return environment;
  open(notes, "makeEnvironmentVariables", name);
  const { handler, namespaces: shared } = sandbox;
  const asked = { pod, container: container.container, handler, namespaces: shared };
  const mounts = makeMounts(asked, world);
  if (!Array.isArray(mounts)) {
    const path = [...container.path, "volumeMounts", mounts.index];
    return { refusal: mounts.problem, gate: "makeMounts", path };
  }
  open(notes, "makeMounts", name);

  const effective = determineEffectiveSecurityContext(pod, container);
  const imageUser = getImageUser(image, world);
  const verdict = nonRoot(task, effective, imageUser, world, notes);
  if (verdict !== undefined) return verdict;

  if (nodeOs(world) === "windows") {
    const trace = tracer(notes, `${at}/config/windows`, name);
    const windows = generateWindowsContainerConfig(effective, imageUser, world, trace);
    open(notes, "securityContext", name);
    const isNamed = (effective.windowsOptions?.value.runAsUserName ?? undefined) !== undefined;
    return {
      config: { windows, mounts },
      lacksImageUser: imageUser === undefined && !isNamed,
    };
  }
  const namespaces = withTarget(sandbox.namespaces, target);
  const context = runtimeSecurityContext(
    { pod, container, effective, imageUser, namespaces, target },
    world,
    tracer(notes, `${at}/config/linux/security_context`, name),
  );
  if (isRefusal(context)) return context;
  open(notes, "securityContext", name);
  const lacksImageUser = imageUser === undefined && effective.runAsUser === undefined;
  return { config: { linux: { security_context: context }, mounts }, lacksImageUser };
}

function nonRoot(
  task: ContainerTask,
  effective: EffectiveContext,
  imageUser: ImageUser | undefined,
  world: World,
  notes: Notes,
): Refusal | undefined {
  const { container, at } = task;
  const { name } = container.container;
  if (effective.runAsNonRoot !== undefined) {
    tracer(notes, at, name)?.("runAsNonRoot", "/waiting", effective.runAsNonRoot);
  }
  const question = { effective, container, imageUser, pod: formatPod(task.pod, world) };
  const isWindows = nodeOs(world) === "windows";
  const verdict = isWindows
    ? verifyRunAsNonRootOnWindows(question)
    : verifyRunAsNonRoot(question, world);
  if (verdict === undefined) {
    open(notes, "verifyRunAsNonRoot", name);
    return undefined;
  }
  if (verdict !== "unknown") return verdict;
  const source = effective.runAsNonRoot?.source;
  doubt(
    notes,
    {
      gate: "verifyRunAsNonRoot",
      field: "runAsNonRoot",
      path: source?.kind === "manifest" ? source.path : container.path,
      message: isWindows
        ? "refused if the image's user is ContainerAdministrator"
        : "refused if the image runs as root or names its user without a number",
    },
    name,
  );
  return undefined;
}
