// The pod's volumes over its life: set up before its sandbox, and those in memory filled when that has mounted them.
import type { Pod } from "../core/model/pod.ts";
import type { Sandbox } from "../engines/engine.ts";
import {
  fillVolumes,
  type PreparedVolume,
  prepareVolumes,
  type VolumeFailure,
} from "../volumes/volumes.ts";
import type { PodEvents } from "./podEvents.ts";
import type { RunInput } from "./podRun.ts";
import type { Stopped } from "./refusedByKubelet.ts";

export class PodVolumes {
  readonly #input: RunInput;
  readonly #pod: Pod;
  readonly #events: PodEvents;
  /** Those that a container mounts. */
  prepared: readonly PreparedVolume[] = [];

  constructor(input: RunInput, pod: Pod, events: PodEvents) {
    this.#input = input;
    this.#pod = pod;
    this.#events = events;
  }

  setUp(): Stopped | undefined {
    const { journey, objects, claims, place } = this.#input;
    const { volumes, failure } = prepareVolumes({
      ...{ pod: this.#pod, directory: place.data, objects, claims, world: journey.world },
    });
    this.prepared = volumes;
    return failure && this.#failed(failure);
  }

  fill(sandbox: Sandbox | undefined): Stopped | undefined {
    if (sandbox === undefined) return undefined;
    const failure = fillVolumes(this.prepared, sandbox.root);
    return failure && this.#failed(failure);
  }

  #failed(failure: VolumeFailure): Stopped {
    this.#events.add({ type: "Warning", ...failure });
    return { phase: "Pending", ...failure };
  }
}
