// The kubelet: from a defaulted pod to admission, sandbox and container documents for the CRI, waiting reasons and events.
import type {
  CriMount,
  LinuxContainerConfig,
  LinuxPodSandboxConfig,
  WindowsContainerConfig,
  WindowsPodSandboxConfig,
} from "../model/cri.ts";
import type { ContainerKind, Pod } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";
import { nodeOs } from "../rules/nodeOs.ts";
import { admissionHandlers, rejectionMessage } from "./admission/admit.ts";
import type { Rejection } from "./admission/rejection.ts";
import { determineEffectiveSecurityContext } from "./effective.ts";
import type { KubeEvent } from "./events.ts";
import { noteLinuxFields } from "./linuxOnly.ts";
import { isRejected, type Notes, newNotes, reportOf } from "./notes.ts";
import { startSandbox } from "./startSandbox.ts";
import { notStarted, syncPod } from "./syncPod.ts";
import { isWaitingForVolumes } from "./waitForVolumes.ts";

export type { KubeEvent } from "./events.ts";

export interface KubeletInput {
  /** After defaulting. */
  readonly pod: Pod;
}
export interface Waiting {
  readonly reason: string;
  /** "" where the status has none. */
  readonly message: string;
}
/** `linux` on a Linux node, `windows` on a Windows one. */
export interface KubeletConfig {
  readonly linux?: LinuxContainerConfig;
  readonly windows?: WindowsContainerConfig;
  readonly mounts: readonly CriMount[];
}
export interface KubeletContainer {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly config: KubeletConfig | null;
  /** The kubelet's own refusal: CreateContainerConfigError, or Blocked. */
  readonly waiting: Waiting | null;
  /** What the world does not tell: `image.user`. */
  readonly unknown?: readonly string[];
  /** The kubelet never came to this container; the reason that its status shows instead. */
  readonly notReached?: "ContainerCreating" | "PodInitializing";
}
/** A Windows node's has both. */
export interface KubeletSandbox {
  readonly linux: LinuxPodSandboxConfig;
  readonly windows?: WindowsPodSandboxConfig;
}
export interface KubeletAnswer {
  readonly admission: {
    readonly admitted: boolean;
    /** "" when admitted. */
    readonly reason: string;
    /** As the pod's status has it; the event's text is without `Pod was rejected: `. */
    readonly message: string;
    /** The pod's phase when refused: Failed for good, or Pending (AppArmor before 1.31). */
    readonly phase?: "Failed" | "Pending";
  };
  readonly sandbox: KubeletSandbox | null;
  /** Init containers, containers, ephemeral containers: the order in which the runtime is asked for them. */
  readonly containers: readonly KubeletContainer[];
  readonly events: readonly KubeEvent[];
}

/** One pod through admission, its sandbox and its containers, as far as the kubelet goes with it. */
export function kubelet(
  input: KubeletInput,
  world: World,
  options: StageOptions = {},
): StageReport<KubeletAnswer> {
  const { pod } = input;
  const notes = newNotes(world, options.trace === true);
  return reportOf(notes, answer(pod, world, notes));
}

function answer(pod: Pod, world: World, notes: Notes): KubeletAnswer {
  const podLevel = determineEffectiveSecurityContext(pod);
  const { hard, soft } = admissionHandlers(world);
  for (const { gate, admit } of hard) {
    const result = admit(pod, podLevel, world);
    if (isRejected(notes, gate, result)) return rejected(pod, result, world);
  }
  for (const { gate, admit } of soft) {
    const result = admit(pod, podLevel, world);
    if (isRejected(notes, gate, result)) return blocked(pod, result);
  }
  if (nodeOs(world) === "windows") noteLinuxFields(pod, podLevel, notes);
  const started = isWaitingForVolumes(pod, world, notes)
    ? undefined
    : startSandbox(pod, podLevel, world, notes);
  if (started === undefined) {
    return {
      admission: ADMITTED,
      sandbox: null,
      containers: notStarted(pod),
      events: notes.events,
    };
  }
  const { linux } = started;
  const containers = syncPod(pod, started, world, notes);
  return {
    admission: ADMITTED,
    sandbox: started.windows === undefined ? { linux } : { linux, windows: started.windows },
    containers,
    events: notes.events,
  };
}

const ADMITTED: KubeletAnswer["admission"] = { admitted: true, reason: "", message: "" };

function rejected(pod: Pod, rejection: Rejection, world: World): KubeletAnswer {
  const { reason, message } = rejection;
  return {
    admission: {
      admitted: false,
      reason,
      message: rejectionMessage(rejection, world),
      phase: "Failed",
    },
    sandbox: null,
    containers: notStarted(pod).map(({ name, kind }) => ({
      name,
      kind,
      config: null,
      waiting: null,
    })),
    events: [{ type: "Warning", reason, message }],
  };
}

/** @see kubernetes v1.23.17 pkg/kubelet/kubelet.go syncPod, canRunPod */
function blocked(pod: Pod, rejection: Rejection): KubeletAnswer {
  const { reason, message } = rejection;
  const waiting = { reason: "Blocked", message: "" };
  return {
    admission: { admitted: false, reason, message, phase: "Pending" },
    sandbox: null,
    containers: notStarted(pod).map(({ name, kind }) => ({ name, kind, config: null, waiting })),
    events: [],
  };
}
