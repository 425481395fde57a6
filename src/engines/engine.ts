// The contract of everything that runs containers here, shaped like CRI's RuntimeService; the pod's life is lifecycle's.
import type {
  CriMount,
  LinuxContainerConfig,
  LinuxContainerResources,
  LinuxPodSandboxConfig,
} from "../core/model/cri.ts";
import type { DockerConfig, HostConfig } from "../core/model/docker.ts";
import type { Observation } from "../core/model/observation.ts";
import type { OciProcess, OciSpec } from "../core/model/oci.ts";
import type { ContainerKind, Pod } from "../core/model/pod.ts";
import type { TryName } from "../core/model/tries.ts";
import type { UserNetwork } from "./userNetwork.ts";

/** Who runs the containers, and whose rules made their documents. */
export interface EngineInfo {
  /** `runc`, `crun`, `docker`, `containerd`. */
  readonly name: string;
  readonly version: string;
  /** `containerd 2.1`: the rules by which the OCI spec or HostConfig was made. */
  readonly rulesOf: string;
}

export interface SandboxRequest {
  /** Unique on this machine, usable as a file name: `dac-4f2a9c`. */
  readonly id: string;
  readonly hostname: string;
  /** Host names of the pod's /etc/hosts beside localhost. */
  readonly dns: { readonly resolvConf: string; readonly hosts: string };
  /** RunPodSandbox's document, for engines that speak CRI. */
  readonly cri: LinuxPodSandboxConfig;
  /** What the runtime's room made of it, for engines that are the runtime themselves. */
  readonly spec: OciSpec;
  /** What dockershim made of it; null where the runtime's rules are not Docker's. */
  readonly docker: DockerRequest | null;
  /** A container joins the sandbox's process namespace, so somebody has to be its first process. */
  readonly sharedProcessNamespace: boolean;
  /** What the kubelet would write into the pod's cgroup. */
  readonly resources: LinuxContainerResources;
  /** tmpfs volumes, mounted before the first container. */
  readonly tmpfs: readonly TmpfsMount[];
  /** A network of the pod's own beside the loopback; only the OCI engine makes one. */
  readonly network?: UserNetwork;
  readonly sent?: Sent;
}

/** The documents of a create request to Docker Engine. */
export interface DockerRequest {
  readonly config: DockerConfig;
  readonly hostConfig: HostConfig;
}

/** Told of each document that goes to the program which runs the containers, just before it goes. */
export type Sent = (document: SentDocument) => void;
export interface SentDocument {
  readonly form: "cri" | "oci" | "docker";
  /** The call or file: `RunPodSandbox`, `CreateContainer`, `config.json`, `POST /containers/create`. */
  readonly call: string;
  /** Absent for the sandbox. */
  readonly container?: string;
  readonly document: object;
}

export interface TmpfsMount {
  readonly target: string;
  readonly options: readonly string[];
}

/** A volume in a container: what the kubelet would put into ContainerConfig.mounts. */
export interface ContainerMount extends CriMount {
  readonly host_path: string;
  readonly subPath?: SubPath;
}
/** Only a part of a volume is mounted. */
export interface SubPath {
  /** Folder of the whole volume. */
  readonly volume: string;
  /** Makes the part where it is missing and opens it without leaving the volume. @throws Error in the kubelet's words */
  readonly open: () => number;
  /** What the kubelet says where what was opened cannot be mounted. */
  readonly notPrepared: string;
}

/** An image that lies here unpacked; engines whose runtime keeps images of its own bring it there. */
export interface RequestedImage {
  readonly reference: string;
  readonly rootfs: string;
  /** `sha256:…`: the image's id, which a daemon that has the image knows too. */
  readonly digest: string;
  /** USER as written; "" when the image has none. */
  readonly user: string;
  /** A plain directory: what is in it may change under the same digest. */
  readonly isDirectory: boolean;
}

export interface ContainerRequest {
  readonly name: string;
  readonly kind: ContainerKind;
  /** 0 for the first start, then 1, 2, … */
  readonly attempt: number;
  readonly image: RequestedImage;
  readonly process: {
    readonly args: readonly string[];
    readonly env: readonly string[];
    readonly cwd: string;
    readonly terminal: boolean;
    /** Standard input is open, else it is at its end. */
    readonly stdin: boolean;
    /** It ends with whoever is attached. */
    readonly stdinOnce: boolean;
  };
  /** Who is attached to its standard input, if anybody. */
  readonly attached?: Attached;
  readonly mounts: readonly ContainerMount[];
  /** CreateContainer's document, for engines that speak CRI. */
  readonly cri: LinuxContainerConfig;
  readonly spec: OciSpec | null;
  /** For engines that speak to Docker Engine. */
  readonly docker: DockerRequest | null;
  /** Look at the container's own process right after its execve. */
  readonly probe: boolean;
  /** With `probe`: what to try there with its credentials. */
  readonly tries?: readonly TryName[];
  /** Gets what the container writes, in the order and the pieces in which it comes, and when, where the runtime has noted it. */
  readonly output: (stream: "stdout" | "stderr", bytes: Buffer, time?: string) => void;
  /** Bytes of the runtime's log that came faster than they could be read, and are gone. */
  readonly lost?: (bytes: number) => void;
  readonly sent?: Sent;
}

export interface Attached {
  readonly input: NodeJS.ReadableStream;
  /** Of the terminal at which it is typed; undefined when that is none. */
  readonly size: TerminalSize | undefined;
  /** Tells each change. */
  onSize(tell: (size: TerminalSize) => void): void;
}
export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

/** How a container ended. */
export interface ContainerExit {
  /** 128 + the signal's number where a signal ended it, as runtimes count. */
  readonly exitCode: number;
  readonly oomKilled: boolean;
}

/** The runtime's refusal to create or start a container: a value, since the pod can cause it. */
export interface ContainerRefusal {
  /** Which of CRI's calls would have failed. */
  readonly step: "create" | "start";
  readonly message: string;
  /** The runtime has not answered in time: whether the container is there is not known. */
  readonly timedOut?: boolean;
}

/** One container that was asked for. Each promise settles exactly once and none rejects for what a pod can cause. */
export interface RunningContainer {
  /** The process runs (undefined), or the runtime refused it. */
  readonly started: Promise<ContainerRefusal | undefined>;
  /** The process has ended and the container is removed; undefined when it never started. */
  readonly ended: Promise<ContainerExit | undefined>;
  /** With `probe`: what was seen right after execve; undefined when it could not be looked at. */
  readonly observed: Promise<Observation | undefined>;
  signal(name: NodeJS.Signals): void;
  /** Ends a runtime that hangs while it starts the container. */
  abandon?(): void;
  /** Runs a command inside, in the container's namespaces and under its security context. */
  exec(command: readonly string[], timeoutMs: number): Promise<ExecResult>;
  /** How another process of this machine does the same with its own standard streams. */
  execWay?(): Promise<ExecWay | DaemonWay | undefined>;
}
/** It asks the daemon that runs the container. */
export interface DaemonWay {
  readonly engine: "docker" | "cri";
  readonly socket: string;
  /** The daemon's, of the container. */
  readonly id: string;
}
/** A command inside, with somebody's streams. */
export interface EnterRequest {
  readonly command: readonly string[];
  readonly terminal: boolean;
  /** Absent: its standard input is at its end. */
  readonly attached?: Attached;
  readonly output: (stream: "stdout" | "stderr", bytes: Buffer) => void;
}
/** A program that reads from a file what process to start: the container's own with another command. */
export interface ExecWay {
  /** Program and arguments before the file's path. */
  readonly before: readonly string[];
  /** Arguments after it. */
  readonly after: readonly string[];
  readonly process: OciProcess;
  /** Such files lie here, and go with the pod. */
  readonly folder: string;
}
export interface ExecResult {
  /** The runtime could not start the command, in its words. */
  readonly refusal?: string;
  readonly exitCode: number;
  readonly output: string;
  readonly timedOut: boolean;
}

export interface Sandbox {
  /** Path of the pod's network namespace; absent where it has the host's. Probes connect from inside it. */
  readonly networkNamespace?: string;
  /** A path by which this process reaches `/` of the mount table where the pod's volumes are; "" for its own. */
  readonly root: string;
  /** The pod's address, where it has one beside the loopback. */
  readonly ip?: string | undefined;
  startContainer(request: ContainerRequest): RunningContainer;
  /** Ends what still runs at once, and removes everything. @returns what could not be removed, by path or name */
  remove(): Promise<readonly string[]>;
}

export interface Engine {
  readonly info: EngineInfo;
  /** A runtime makes its own OCI specs, so what it refuses it refuses itself and in its own words. */
  readonly isRuntime: boolean;
  /** Resources that it cannot limit on this machine, with the reason. */
  readonly notLimited?: Readonly<Partial<Record<"cpu" | "memory", string>>>;
  /** Starts what any sandbox of the pod will need, while its images are looked for and its documents made. */
  begin?(pod: Pod, hostname: string, tmpfs: readonly TmpfsMount[]): void;
  /** The same for its containers, as soon as their images are there. */
  beginContainers?(containers: readonly ExpectedContainer[]): void;
  /** @throws SandboxRefused in the runtime's words, EngineError when this machine cannot do it */
  runSandbox(request: SandboxRequest): Promise<Sandbox>;
  /** Lets go of what was begun for a pod that got no sandbox; otherwise does nothing. */
  close?(): Promise<void>;
}

/** A container that will probably be started. */
export interface ExpectedContainer {
  readonly name: string;
  /** Its image's, unpacked. */
  readonly rootfs: string;
}

/** RunPodSandbox failed: the event FailedCreatePodSandBox carries the message. */
export class SandboxRefused extends Error {
  /** gRPC's. */
  readonly code: string;

  constructor(message: string, code = "Unknown") {
    super(message);
    this.code = code;
  }
}
