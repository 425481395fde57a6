// The Docker Engine of this machine: its client, loaded only here, and what the daemon tells of itself.
import type Docker from "dockerode";
import type { Release } from "../../core/model/version.ts";
import { EngineError } from "../../node/errors.ts";
import type { SoughtDaemon } from "../howToStart.ts";
import { CANCELED, DEADLINE_EXCEEDED, DeadlineExceeded, NoAnswer, Patience } from "../patience.ts";

export interface DockerDaemon {
  readonly client: Docker;
  readonly socket: string;
  /** `20.10.24+dfsg1`. */
  readonly fullVersion: string;
  /** `20.10`. */
  readonly version: Release;
  /** What it runs containers with, as far as the daemon tells. */
  readonly ociRuntime?: { readonly name: string; readonly version: Release };
}

const DEFAULT_SOCKET = "/var/run/docker.sock";

export const DOCKERD: SoughtDaemon = {
  ...{ program: "dockerd", unit: "docker", debianPackage: "docker.io" },
  ...{ variable: "DOCKER_HOST", usual: [DEFAULT_SOCKET] },
};

/**
 * `DOCKER_HOST`, else the usual socket.
 * @throws EngineError for a daemon elsewhere: the pod's volumes lie on this machine
 */
export function dockerSocket(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const host = environment["DOCKER_HOST"];
  if (host === undefined || host === "") return DEFAULT_SOCKET;
  if (host.startsWith("unix://")) return host.slice("unix://".length);
  throw new EngineError(
    `DOCKER_HOST is ${host}: secctx needs a daemon of this machine, by a Unix socket, since the pod's volumes lie here`,
  );
}

/**
 * @param requestTimeoutMs as the kubelet's runtimeRequestTimeout
 * @throws EngineError when no daemon answers
 */
export async function openDocker(socket: string, requestTimeoutMs?: number): Promise<DockerDaemon> {
  const { default: Client } = await import("dockerode");
  const client = new Client({ socketPath: socket });
  setDeadlines(client, socket, new Patience(requestTimeoutMs));
  let told: Docker.DockerVersion;
  try {
    told = await client.version();
  } catch (error) {
    if (error instanceof DeadlineExceeded) throw error;
    throw new NoAnswer(`no Docker Engine answers at ${socket}: ${(error as Error).message}`);
  }
  const runc = told.Components?.find(({ Name }) => Name === "runc");
  const version = releaseOf(told.Version);
  if (version === undefined) {
    throw new EngineError(`Docker Engine at ${socket} calls its version ${told.Version}`);
  }
  const runcVersion = releaseOf(runc?.Version ?? "");
  return {
    ...{ client, socket, fullVersion: told.Version, version },
    ...(runcVersion === undefined ? {} : { ociRuntime: { name: "runc", version: runcVersion } }),
  };
}

/** `20.10.24+dfsg1` is of release 20.10. */
export function releaseOf(version: string): Release | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : `${Number(major)}.${Number(minor)}`;
}

/** The daemon's message, as its own client prints it. */
export function daemonWords(error: unknown): string {
  const { json, message } = error as { json?: { message?: string }; message?: string };
  return `Error response from daemon: ${json?.message ?? message ?? String(error)}`;
}

/** Did the daemon refuse, rather than not answer? */
export function isRefusal(error: unknown): boolean {
  return typeof (error as { statusCode?: unknown }).statusCode === "number";
}

/** What a call that was not answered is called by: "" for any other. */
export function unansweredWords(error: unknown): string {
  if (error instanceof DeadlineExceeded) return DEADLINE_EXCEEDED;
  return (error as { name?: string }).name === "AbortError" ? CANCELED : "";
}

/** These take as long as what they are about: the kubelet sets them no end. */
const LASTING = /\/wait\?|^\/images\/load\?/;
/** A pod that is to end does not wait longer for a signal; dockerd itself waits 10 s for a process that it kills. */
const SIGNAL = /\/kill\?/;
const SIGNAL_MS = 30_000;

interface Dialed {
  readonly path: string;
  readonly abortSignal?: AbortSignal;
}
type Dial = (options: Dialed, callback: (error: unknown, data?: unknown) => void) => void;

/** Every call goes through the client's `dial`. @see kubernetes v1.23.17 pkg/kubelet/dockershim/libdocker/kube_docker_client.go getTimeoutContext */
function setDeadlines(client: Docker, socket: string, patience: Patience): void {
  const modem = client.modem as { dial: Dial };
  const dial = modem.dial.bind(modem);
  modem.dial = (options, callback) => {
    if (LASTING.test(options.path)) return dial(options, callback);
    const late = new AbortController();
    const ms = SIGNAL.test(options.path) ? Math.min(patience.ms, SIGNAL_MS) : patience.ms;
    const timer = setTimeout(() => late.abort(), ms);
    const { abortSignal: told } = options;
    const abortSignal = told ? AbortSignal.any([told, late.signal]) : late.signal;
    dial({ ...options, abortSignal }, (error, data) => {
      clearTimeout(timer);
      if (error && late.signal.aborted) {
        patience.ranOut();
        callback(new DeadlineExceeded(`Docker Engine at ${socket}`));
        return;
      }
      patience.answered();
      callback(error, data);
    });
  };
}
