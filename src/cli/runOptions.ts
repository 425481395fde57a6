// The options of `run`, and what they ask of the pod's life.
import { ENGINE_NAMES } from "../engines/engines.ts";
import type { RunOptions } from "../lifecycle/podRun.ts";
import type { OptionSpec, OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";
import { FILENAME_OPTION } from "./filenameWords.ts";
import { NETWORKS } from "./network.ts";
import { COMMON_OPTIONS, CONFIG_OPTIONS, splitPair } from "./options.ts";

export const RUN_OPTIONS: readonly OptionSpec[] = [
  FILENAME_OPTION,
  {
    flags: "-o, --output <form>",
    description:
      "logs and events for people; json: one object when the pod has ended; yaml: the Pod with its status",
    choices: ["text", "json", "yaml"],
    default: "text",
  },
  { flags: "--probe", description: "compare prediction and observation; 1 where they differ" },
  { flags: "--pod <name>", description: "which pod, where the files hold several" },
  {
    flags: "--engine <name>",
    description:
      "oci: an OCI runtime, no daemon; docker: Docker Engine (DOCKER_HOST); cri: containerd (CONTAINER_RUNTIME_ENDPOINT); auto: what this machine's kubelet would use",
    choices: ENGINE_NAMES,
    default: "oci",
  },
  {
    flags: "--oci-runtime <name>",
    description: "with engine oci: runc, crun, or the path of any other",
    default: "runc",
  },
  {
    flags: "--runtime-request-timeout <seconds>",
    description: "how long the runtime may take to answer, as the kubelet's setting",
    default: "120",
  },
  {
    flags: "--network <name>",
    description:
      "none: loopback only (the default); pasta: user-mode networking with the pod's hostPorts; host: as hostNetwork: true",
    choices: NETWORKS,
  },
  {
    flags: "-p, --publish <[ip:]host:container[/udp]>",
    description: "a port of the pod on this machine, by --network pasta",
    repeatable: true,
  },
  {
    flags: "--until <what>",
    description: "end when the pod has completed, or as soon as it is ready",
    choices: ["completed", "ready"],
    default: "completed",
  },
  { flags: "--timeout <seconds>", description: "stop the pod after so long" },
  { flags: "--grace <seconds>", description: "instead of terminationGracePeriodSeconds" },
  {
    flags: "--restarts <number>",
    description:
      "how often a container is started again by the restart policy, and an image pulled again; always: as the kubelet does (default: only sidecars and after a failed probe; always with --until ready and --detach; images with --timeout and --until ready)",
  },
  {
    flags: "--back-off-scale <factor>",
    description: "shortens the kubelet's 10 s, 20 s, … between restarts and between pulls",
    default: "1",
  },
  {
    flags: "-w, --watch",
    description: "a line as of `kubectl get pod` at every change, on standard error",
  },
  {
    flags: "--show <form>",
    description: "print what is sent to run the pod",
    choices: ["cri", "oci", "docker"],
  },
  {
    flags: "-i, --stdin",
    description: "pass standard input to the pod's first container, as `kubectl run -i` does",
  },
  { flags: "-t, --tty", description: "with -i: give it a terminal" },
  { flags: "-d, --detach", description: "leave the pod running: see ps, logs, exec and stop" },
  {
    flags: "--claim <name=folder>",
    description: "the folder of a PersistentVolumeClaim",
    repeatable: true,
  },
  {
    flags: "--kubelet-root <folder>",
    description: "where seccomp/ lies with the node's profiles",
  },
  { flags: "--no-prefix", description: "logs without the container's name" },
  ...CONFIG_OPTIONS,
  ...COMMON_OPTIONS,
];

/** @throws UsageError */
export function lifeOptions(options: OptionValues): RunOptions {
  checkDetached(options);
  const until = options["until"] === "ready" ? "ready" : "completed";
  const told = toldRestarts(options);
  const isDetached = options["detach"] === true;
  const isForGood = until === "ready" || isDetached;
  const restarts = told ?? (isForGood ? Number.POSITIVE_INFINITY : undefined);
  const graceSeconds = numberOf(options, "grace");
  return {
    // A detached pod goes on when it is ready.
    until: isDetached ? "completed" : until,
    probe: options["probe"] === true,
    backOffScale: numberOf(options, "backOffScale") ?? 1,
    // A person who tells no end is not left waiting for an image that may never come, nor is who starts a detached pod.
    pulls:
      (isDetached ? told : restarts) ??
      (options["timeout"] === undefined ? 0 : Number.POSITIVE_INFINITY),
    ...(restarts === undefined ? {} : { restarts }),
    ...(graceSeconds === undefined ? {} : { graceSeconds }),
  };
}

/** Nobody reads on once the pod runs in the background. @throws UsageError */
function checkDetached(options: OptionValues): void {
  if (options["watch"] === true && options["detach"] === true) {
    throw new UsageError("--watch and --detach exclude each other: secctx ps shows the pod");
  }
  if (options["probe"] === true && options["detach"] === true) {
    throw new UsageError(
      "--probe and --detach exclude each other: what is seen is told at the end",
    );
  }
}

function toldRestarts(options: OptionValues): number | undefined {
  return options["restarts"] === "always"
    ? Number.POSITIVE_INFINITY
    : numberOf(options, "restarts");
}

/** @throws UsageError */
export function numberOf(options: OptionValues, name: string): number | undefined {
  const text = options[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (typeof text === "string" && text !== "" && Number.isFinite(value) && value >= 0) return value;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} ${String(text)}: write ${numbersOf(flag)}`);
}

function numbersOf(flag: string): string {
  const told = RUN_OPTIONS.find(({ flags }) => flags.split(" ").includes(`--${flag}`));
  if (told?.flags.includes("<seconds>") === true) return "a number of seconds, 0 or more";
  return flag === "restarts" ? "a number, 0 or more, or always" : "a number, 0 or more";
}

/** @throws UsageError */
export function claimsOf(options: OptionValues): Record<string, string> {
  const values = Array.isArray(options["claim"]) ? (options["claim"] as readonly string[]) : [];
  return Object.fromEntries(values.map((text) => splitPair(text, "--claim")));
}
