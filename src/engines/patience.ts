// How long a daemon may take to answer a call: the kubelet's runtimeRequestTimeout, and less once it has shown that it hangs.
import { EngineError } from "../node/errors.ts";

/** What gRPC's client in the kubelet says of a call that took too long, and of one that was given up. */
export const DEADLINE_EXCEEDED = "context deadline exceeded";
export const CANCELED = "context canceled";

/** Who a daemon is it tells at once. */
const FIRST_MS = 30_000;
/** One that has hung is not waited for so long again. */
const HUNG_MS = 2000;

/** @see kubernetes v1.37.2 pkg/kubelet/apis/config/v1beta1/defaults.go runtimeRequestTimeout */
export const REQUEST_TIMEOUT_MS = 120_000;

/** Of the calls to one daemon. */
export class Patience {
  readonly #full: number;
  #ms: number;
  #hangs = false;

  constructor(full: number = REQUEST_TIMEOUT_MS) {
    this.#full = full;
    this.#ms = Math.min(full, FIRST_MS);
  }

  /** For the next call. */
  get ms(): number {
    return this.#ms;
  }

  answered(): void {
    if (!this.#hangs) this.#ms = this.#full;
  }

  ranOut(): void {
    this.#hangs = true;
    this.#ms = Math.min(this.#full, HUNG_MS);
  }
}

/** Nobody listens at the daemon's socket. */
export class NoAnswer extends EngineError {}

/** A call has not been answered in time. */
export class DeadlineExceeded extends EngineError {
  constructor(who: string) {
    super(`${who} does not answer: ${DEADLINE_EXCEEDED}`);
  }
}
