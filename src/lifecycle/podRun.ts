// What a run of one pod is given, and what comes of it.
import type { Journey } from "../core/journey.ts";
import type { JsonObject } from "../core/model/json.ts";
import type { Attached, Engine, RunningContainer, SentDocument } from "../engines/engine.ts";
import type { UserNetwork } from "../engines/userNetwork.ts";
import type { ImageAnswer } from "../images/images.ts";
import type { MemoryFacts } from "../node/memory.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import type { PullAgain } from "./imagePulls.ts";
import type { RestartOptions } from "./lifeInput.ts";
import type { Phase } from "./phase.ts";
import type { PodEvent } from "./podEvents.ts";
import type { Deletion, PodStatus } from "./podStatus.ts";
import type { StatusLine } from "./statusLine.ts";

export interface RunOptions extends RestartOptions {
  readonly probe: boolean;
  /** Overrides terminationGracePeriodSeconds. */
  readonly graceSeconds?: number;
  /** The run ends when the pod has ended (the default), or as soon as it is ready. */
  readonly until?: "completed" | "ready";
  /** How often an image that could not be had is tried again; default: never. */
  readonly pulls?: number;
}

export interface OutputOf {
  /** How often the container was started before. */
  readonly attempt: number;
  /** When it was written, as of RFC 3339, where the runtime has noted it. */
  readonly time: string | undefined;
}

export interface RunInput {
  /** With a pod that was admitted to the kubelet's stage. */
  readonly journey: Journey;
  /** By reference; every container's is there. */
  readonly images: ReadonlyMap<string, ImageAnswer>;
  /** Tries once more for one of them; without it none is. */
  readonly pullAgain?: PullAgain;
  /** ConfigMaps, Secrets and claims of the same files. */
  readonly objects: readonly JsonObject[];
  readonly claims: Readonly<Record<string, string>>;
  readonly engine: Engine;
  readonly place: { readonly id: string; readonly data: string };
  readonly options: RunOptions;
  /** Without one the pod has the loopback only, or what its engine or hostNetwork gives. */
  readonly network?: UserNetwork | undefined;
  /** Of this machine. */
  readonly memory: MemoryFacts;
  /** Ends the pod as a deletion does. */
  readonly signal: AbortSignal;
  /** Ends it at once. */
  readonly force: AbortSignal;
  readonly onEvent: (event: PodEvent) => void;
  readonly onOutput: (
    container: string,
    stream: "stdout" | "stderr",
    bytes: Buffer,
    from: OutputOf,
  ) => void;
  /** Who types to one of its containers, from its first start to its end. */
  readonly attachment?: Attachment;
  /** Told of every change of the pod's status. */
  readonly onStatus?: (now: PodNow) => void;
  /** Told of every document that goes to the program which runs the containers. */
  readonly onSent?: (document: SentDocument) => void;
}

export interface Attachment {
  readonly container: string;
  readonly attached: Attached;
  /** The container runs: keys go to it. */
  started(): void;
  ended(): void;
}

export interface PodNow {
  readonly status: PodStatus;
  readonly line: StatusLine;
  /** Copies: as they are now. */
  readonly containers: readonly ContainerRecord[];
  /** By name, the container that runs now: for commands inside it. */
  readonly running: ReadonlyMap<string, RunningContainer>;
  /** Those that have ended and are not started again. */
  readonly ended: readonly string[];
  /** Since it is being ended. */
  readonly deletion?: Deletion | undefined;
  /** The pod's last word. */
  readonly isLast: boolean;
}

export interface PodOutcome {
  readonly status: PodStatus;
  readonly line: StatusLine;
  /** With `until: "ready"`: it was, and all here is as it was then. */
  readonly isReady: boolean;
  readonly phase: Phase;
  /** Why the pod as a whole did not run; "" otherwise. */
  readonly reason: string;
  readonly message: string;
  readonly containers: readonly ContainerRecord[];
  readonly events: readonly PodEvent[];
  readonly leftBehind: readonly string[];
}
