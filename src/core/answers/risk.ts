// The shape of a risk: what no program refuses, but a person should know before the pod runs.
import type { EffectiveContext } from "../kubelet/effective.ts";
import type { FieldPath } from "../model/finding.ts";
import type { ContainerAt, Pod } from "../model/pod.ts";
import type { World, WorldFile } from "../model/world.ts";

export interface RiskyContainer {
  readonly at: ContainerAt;
  /** Pod and container merged, as the kubelet does. */
  readonly effective: EffectiveContext;
  /** The uid of its process, where the pod or a known image tells it. */
  readonly uid: number | bigint | undefined;
}
export interface RiskyPod {
  /** Defaulted where the API server accepts it, else as written. */
  readonly pod: Pod;
  readonly containers: readonly RiskyContainer[];
  readonly isWindows: boolean;
  /** Containers that the walk followed into the runtime, which says more of them. */
  readonly walked: ReadonlySet<string>;
  /** A StatefulSet's claim templates: volume → accessModes. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly world: World;
}
/** `path` is relative to the pod. */
export interface Hit {
  readonly path: FieldPath;
  readonly message: string;
  readonly container?: string;
  readonly field?: string;
}
export interface Risk {
  /** `risk.<what>`; its file bears the last part. */
  readonly id: string;
  readonly severity: "warning" | "note";
  /** One sentence: what is so. */
  readonly title: string;
  /** Why it matters, and what to do about it. */
  readonly why: string;
  readonly mend: string;
  readonly reference: string;
  /** Manifests, run as tests: the first is found, the second is not. */
  readonly failing: string;
  readonly passing: string;
  /** In which both are checked; the default world where absent. */
  readonly world?: WorldFile;
  readonly find: (pod: RiskyPod) => readonly Hit[];
}

/** The examples of most risks: one container, with what is of interest at its and at the pod's level. */
export function examplePod(container: string, spec = ""): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: example
spec:
${indented(spec, 2)}  containers:
    - name: app
      image: registry.example/app:1
${indented(container, 6)}`;
}

function indented(text: string, by: number): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => `${" ".repeat(by)}${line}\n`)
    .join("");
}
