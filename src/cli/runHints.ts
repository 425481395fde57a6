// Own words at the end of a run: what the user can give to `run` for what was missing, and that the pod was never ready in time.
import type { PodOutcome } from "../lifecycle/podRun.ts";

interface Asked {
  /** By reference, as `--image` tells them. */
  readonly sources: Readonly<Record<string, string>>;
  /** The seconds of --timeout, where they have passed. */
  readonly waited: number | undefined;
  readonly until: "ready" | "completed";
}

type Ended = Pick<PodOutcome, "isReady" | "message"> & {
  readonly containers: readonly Pick<PodOutcome["containers"][number], "at" | "state">[];
};

const NO_IMAGE: readonly string[] = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull"];

/** Kubernetes' words for an object that nobody told. */
const NOT_FOUND = /\b(configmap|secret|persistentvolumeclaims?) "([^"]+)" not found/;

/** One sentence for each thing, none twice. */
export function runHints({ isReady, message, containers }: Ended, asked: Asked): string[] {
  const hints = isReady ? [] : timedOut(asked);
  hints.push(...missing(message));
  for (const { at, state } of containers) {
    if (!("waiting" in state)) continue;
    const { image = "" } = at.container;
    const lacksImage = NO_IMAGE.includes(state.waiting.reason);
    if (lacksImage && asked.sources[image] === undefined) {
      hints.push(
        `--image ${image}=SOURCE takes the image from elsewhere: docker-archive:FILE, oci:FOLDER, docker://REGISTRY/NAME …`,
      );
    } else hints.push(...missing(state.waiting.message ?? ""));
  }
  return [...new Set(hints)];
}

function timedOut({ waited, until }: Asked): string[] {
  if (waited === undefined) return [];
  if (until === "ready") return [`not ready after ${waited} s: --timeout ended the pod`];
  return [`--timeout ended the pod after ${waited} s`];
}

function missing(message: string): string[] {
  const [, kind, name] = NOT_FOUND.exec(message) ?? [];
  if (kind === undefined) return [];
  if (kind.startsWith("persistentvolumeclaim")) {
    return [
      `--claim ${name}=FOLDER gives the claim a folder of this machine; a PersistentVolumeClaim in the same files gets a new one`,
    ];
  }
  return [
    `the ${kind === "secret" ? "Secret" : "ConfigMap"} may stand in the same FILE or another one: run takes several`,
  ];
}
