// A running container's startup, liveness and readiness probes: when each is tried, what counts, and what it is told as.
import type { JsonObject } from "../../core/model/json.ts";
import { timerMs } from "../../node/clock.ts";
import type { ProbeResult, Reach } from "./handler.ts";
import { numberAt, objectAt } from "./handler.ts";

export type ProbeType = "startup" | "liveness" | "readiness";

export interface ProbeListener {
  /**
   * The startup probe has succeeded, or there is none. Without a readiness probe the container is ready by that.
   * @see kubernetes v1.37.2 pkg/kubelet/prober/prober_manager.go UpdatePodStatus
   */
  readonly started: (isReady: boolean) => void;
  readonly ready: (isReady: boolean) => void;
  /** The container has to be ended. */
  readonly failed: (type: "startup" | "liveness") => void;
  readonly event: (reason: "Unhealthy" | "ProbeWarning", message: string) => void;
}

/** @see kubernetes v1.37.2 pkg/kubelet/prober/prober_manager.go String */
const NAMES: Readonly<Record<ProbeType, string>> = {
  startup: "Startup",
  liveness: "Liveness",
  readiness: "Readiness",
};

const MAX_TRIES = 3;

export class Probes {
  readonly #reach: Reach;
  readonly #listener: ProbeListener;
  readonly #stopped = new Set<ProbeType>();
  readonly #wakers = new Set<() => void>();
  readonly #started: Promise<void>;
  #tellStarted: () => void = () => {};

  /** Begins at once; the container's process has just started. What no probe has to tell is told before it returns. */
  constructor(reach: Reach, listener: ProbeListener) {
    this.#reach = reach;
    this.#listener = listener;
    this.#started = new Promise((resolve) => {
      this.#tellStarted = resolve;
    });
    const { startupProbe, livenessProbe, readinessProbe } = reach.container;
    if (startupProbe === undefined) this.#begin();
    else void this.#work("startup", startupProbe);
    if (livenessProbe !== undefined) void this.#work("liveness", livenessProbe);
    if (readinessProbe !== undefined) void this.#work("readiness", readinessProbe);
  }

  #begin(): void {
    this.#listener.started(this.#reach.container.readinessProbe === undefined);
    this.#tellStarted();
  }

  /** The container is being ended: from now on only its readiness counts. */
  quiet(): void {
    this.#stop(["startup", "liveness"]);
  }

  end(): void {
    this.#stop(["startup", "liveness", "readiness"]);
  }

  #stop(types: readonly ProbeType[]): void {
    for (const type of types) this.#stopped.add(type);
    for (const wake of this.#wakers) wake();
  }

  /** @see kubernetes v1.37.2 pkg/kubelet/prober/worker.go doProbe */
  async #work(type: ProbeType, spec: JsonObject): Promise<void> {
    const begun = Date.now();
    const period = numberAt(spec, "periodSeconds", 10) * 1000;
    if (type !== "startup") await this.#started;
    await this.#sleep(begun + numberAt(spec, "initialDelaySeconds", 0) * 1000 - Date.now());
    let last: boolean | undefined;
    let run = 0;
    for (let tick = Date.now(); !this.#stopped.has(type); tick += period) {
      await this.#sleep(tick - Date.now());
      if (this.#stopped.has(type)) return;
      const success = await this.#once(type, spec);
      // The kubelet's ticker drops what a slow probe has missed.
      while (tick + period < Date.now()) tick += period;
      if (success === undefined) continue;
      run = last === success ? run + 1 : 1;
      last = success;
      if (
        run < numberAt(spec, success ? "successThreshold" : "failureThreshold", success ? 1 : 3)
      ) {
        continue;
      }
      if (this.#stopped.has(type)) return;
      if (type === "readiness") this.#listener.ready(success);
      else if (!success) this.#listener.failed(type);
      else if (type === "startup") this.#begin();
      if (type === "startup" || (type === "liveness" && !success)) return;
    }
  }

  /**
   * @returns undefined for a result that does not count
   * @see kubernetes v1.37.2 pkg/kubelet/prober/prober.go probe
   */
  async #once(type: ProbeType, spec: JsonObject): Promise<boolean | undefined> {
    const seconds = numberAt(spec, "timeoutSeconds", 1);
    let answer = await runProbe(spec, this.#reach, seconds);
    for (let tries = 1; answer.result === "errored" && tries < MAX_TRIES; tries += 1) {
      answer = await runProbe(spec, this.#reach, seconds);
    }
    const { result, output } = answer;
    // What came of a probe while its container was ended is nobody's business.
    if (this.#stopped.has(type)) return undefined;
    const name = NAMES[type];
    if (result === "errored") {
      const message = `${name} probe errored and resulted in unknown state: ${output}`;
      this.#listener.event("Unhealthy", message);
      return undefined;
    }
    if (result === "warning")
      this.#listener.event("ProbeWarning", `${name} probe warning: ${output}`);
    if (result === "failure") this.#listener.event("Unhealthy", `${name} probe failed: ${output}`);
    return result !== "failure";
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timerMs(ms));
      this.#wakers.add(wake);
    });
  }
}

/** Each kind's code is loaded with its first use. */
async function runProbe(spec: JsonObject, reach: Reach, seconds: number): Promise<ProbeResult> {
  const [exec, http] = [objectAt(spec, "exec"), objectAt(spec, "httpGet")];
  const [tcp, grpc] = [objectAt(spec, "tcpSocket"), objectAt(spec, "grpc")];
  if (exec) return (await import("./execProbe.ts")).execProbe(exec, reach, seconds);
  if (http) return (await import("./httpProbe.ts")).httpProbe(http, reach, seconds);
  if (tcp) return (await import("./tcpProbe.ts")).tcpProbe(tcp, reach, seconds);
  if (grpc) return (await import("./grpcProbe.ts")).grpcProbe(grpc, reach, seconds);
  return { result: "errored", output: "missing probe handler" };
}
