// Images that could not be had: tried again by the kubelet's back-off until they are there or the pod ends.
import type { Journey } from "../core/journey.ts";
import type { ContainerAt } from "../core/model/pod.ts";
import { at, type KubeMinor, type Versioned } from "../core/model/version.ts";
import { goQuote } from "../core/rules/goText.ts";
import type { ImageAnswer, ImageFailure } from "../images/images.ts";
import { monotonicMs } from "../node/clock.ts";
import { BackOff } from "./backOff.ts";
import type { ContainerRecord } from "./containerRecord.ts";
import type { PodEvents } from "./podEvents.ts";

/** @returns the walk with what is known of the image now; its answer stands in the pod's images */
export type PullAgain = (reference: string) => Promise<Journey>;

export interface PullsInput {
  readonly images: ReadonlyMap<string, ImageAnswer>;
  /** undefined: each image is tried once only. */
  readonly again: PullAgain | undefined;
  /** How often at most. */
  readonly most: number;
  readonly backOffScale: number;
  readonly kubernetes: KubeMinor;
  readonly events: PodEvents;
  readonly record: (container: string) => ContainerRecord;
  readonly changed: () => void;
}

/** What is no failed pull is looked at again when the pod is synced again. @see kubernetes v1.37.2 pkg/kubelet/kubelet.go backOffPeriod */
const SYNC_SECONDS = 10;

/** Since when the status of a waiting container tells why the last pull failed. */
const TELLS_CAUSE: Versioned<boolean> = [
  { since: "v1.0", value: false },
  { since: "v1.32", value: true },
];

interface Wait {
  /** The first is who pulls; the others find the image in back-off. */
  readonly waiting: ContainerAt[];
  readonly done: Promise<Journey | undefined>;
}

export class ImagePulls {
  readonly #input: PullsInput;
  /** By reference. */
  readonly #waits = new Map<string, Wait>();
  readonly #over: Promise<undefined>;
  #isOver = false;
  #tellOver: () => void = () => {};

  constructor(input: PullsInput) {
    this.#input = input;
    this.#over = new Promise((resolve) => {
      this.#tellOver = () => resolve(undefined);
    });
  }

  /** The pod ends: nobody waits any more. */
  end(): void {
    this.#isOver = true;
    this.#tellOver();
  }

  /** Another container waits for this image already. */
  isWaitedFor({ container }: ContainerAt): boolean {
    return this.#waits.has(container.image ?? "");
  }

  /** Of a container whose image could not be had. @returns undefined when it is given up */
  wait(container: ContainerAt): Promise<Journey | undefined> {
    const reference = container.container.image ?? "";
    const failure = this.#input.images.get(reference)?.failure;
    if (failure === undefined) return Promise.resolve(undefined);
    const begun = this.#waits.get(reference);
    if (begun !== undefined) {
      begun.waiting.push(container);
      this.#waitsFor(container, failure);
      return begun.done;
    }
    const waiting = [container];
    const done = this.#untilThere(reference, failure, waiting).finally(() =>
      this.#waits.delete(reference),
    );
    this.#waits.set(reference, { waiting, done });
    return done;
  }

  async #untilThere(
    reference: string,
    first: ImageFailure,
    waiting: readonly ContainerAt[],
  ): Promise<Journey | undefined> {
    const { again, most, backOffScale, images } = this.#input;
    const backOff = new BackOff(backOffScale, monotonicMs);
    let failure = first;
    for (let pulls = 0; again !== undefined && pulls < most; pulls += 1) {
      const failedAt = monotonicMs();
      backOff.next(failedAt);
      const isPull = failure.reason === "ErrImagePull";
      if (isPull) for (const container of waiting) this.#waitsFor(container, failure);
      const ms = isPull ? backOff.waitMs(failedAt) : SYNC_SECONDS * 1000 * backOffScale;
      await this.#sleep(ms);
      const journey = this.#isOver ? undefined : await this.#unlessOver(again(reference));
      if (journey === undefined) return undefined;
      const answer = images.get(reference);
      if (answer?.failure === undefined) return journey;
      failure = answer.failure;
      this.#failed(failure.reason === "ErrImagePull" ? waiting.slice(0, 1) : waiting, answer);
    }
    for (const { container } of waiting) this.#input.record(container.name).leftEnded = true;
    this.#input.changed();
    return undefined;
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/images/image_manager.go pullImage */
  #waitsFor(container: ContainerAt, failure: ImageFailure): void {
    const { events, record, changed, kubernetes } = this.#input;
    const { name, image = "" } = container.container;
    if (failure.reason !== "ErrImagePull") {
      this.#failed([container], { failure, events: [] });
      return;
    }
    const reason = "ImagePullBackOff";
    const text = `Back-off pulling image ${goQuote(image)}`;
    const cause = at(TELLS_CAUSE, kubernetes) === true;
    const message = cause ? `${text}: ${failure.reason}: ${failure.message}` : text;
    events.about(container, { type: "Normal", reason: "BackOff", message: text });
    events.failed(container, reason);
    record(name).state = { waiting: { reason, message } };
    changed();
  }

  #failed(waiting: readonly ContainerAt[], answer: ImageAnswer): void {
    const { events, record, changed } = this.#input;
    for (const container of waiting) {
      events.image(container, answer);
      if (answer.failure === undefined) continue;
      record(container.container.name).state = { waiting: answer.failure };
    }
    changed();
  }

  async #sleep(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const slept = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([slept, this.#over]);
    clearTimeout(timer);
  }

  /** A pull that is cut off by the pod's end fails, and nobody asks why. */
  async #unlessOver(pulled: Promise<Journey>): Promise<Journey | undefined> {
    pulled.catch(() => {});
    try {
      return await Promise.race([pulled, this.#over]);
    } catch (error) {
      if (this.#isOver) return undefined;
      throw error;
    }
  }
}
