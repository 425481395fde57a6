// How long the kubelet waits before it starts a failed container again.

/** @see kubernetes v1.37.2 pkg/kubelet/kubelet.go NewMainKubelet */
const FIRST_SECONDS = 10;
const MAX_SECONDS = 300;

/**
 * 10 s, doubled at each restart up to 5 min; forgotten when a container ran for twice the longest wait.
 * Real time passes `scale` times as long as the kubelet's: 0.1 makes 1 s of 10.
 */
export class BackOff {
  readonly #scale: number;
  readonly #now: () => number;
  #seconds = 0;
  #updated = 0;

  /** @param now milliseconds of any clock that never goes back */
  constructor(scale: number, now: () => number) {
    this.#scale = scale;
    this.#now = now;
  }

  /** Of the kubelet's seconds. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Real milliseconds that a container which ended at `endedAt` has still to wait; 0: it may start. */
  waitMs(endedAt: number): number {
    if (this.#seconds === 0 || this.#isForgotten(endedAt)) return 0;
    return Math.max(0, endedAt + this.#seconds * 1000 * this.#scale - this.#now());
  }

  /** The container that ended at `endedAt` is started again. */
  next(endedAt: number): void {
    const isFirst = this.#seconds === 0 || this.#isForgotten(endedAt);
    this.#seconds = isFirst ? FIRST_SECONDS : Math.min(this.#seconds * 2, MAX_SECONDS);
    this.#updated = this.#now();
  }

  #isForgotten(endedAt: number): boolean {
    return endedAt - this.#updated > 2 * MAX_SECONDS * 1000 * this.#scale;
  }
}
