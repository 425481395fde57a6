// `run -i -t`, and standard input for a container that asks for it: what is typed here goes there, key by key with a terminal.

import type { WriteStream } from "node:tty";
import type { Journey } from "../core/journey.ts";
import { type ContainerAt, containersOf, type Pod } from "../core/model/pod.ts";
import type { Attached, TerminalSize } from "../engines/engine.ts";
import type { Attachment } from "../lifecycle/podRun.ts";
import type { OptionValues } from "./command.ts";
import { UsageError } from "./errors.ts";

/** As kubectl warns, which then goes on without. */
export const NO_TERMINAL =
  "Unable to use a TTY - input is not a terminal or the right kind of file";

/** @throws UsageError */
export function checkTerminal(options: OptionValues): void {
  if (options["tty"] === true && options["stdin"] !== true) {
    throw new UsageError("-i/--stdin is required for containers with -t/--tty=true");
  }
  if (options["stdin"] === true && options["detach"] === true) {
    throw new UsageError("--detach and --stdin exclude each other");
  }
}

/**
 * The pod as `kubectl run -i -t` would have made it; no stage before the kubelet looks at what is changed.
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/run/run.go
 */
export function withTerminal(journey: Journey, options: OptionValues): Journey {
  const { pod } = journey;
  if (options["stdin"] !== true || pod === null) return journey;
  const told = { stdin: true, stdinOnce: true, ...(options["tty"] === true ? { tty: true } : {}) };
  const containers = (pod.spec.containers ?? []).map((one, index) =>
    index === 0 ? { ...one, ...told } : one,
  );
  return { ...journey, pod: { ...pod, spec: { ...pod.spec, containers } } };
}

/** The first that has its standard input open. */
export function attachedContainer(pod: Pod): ContainerAt | undefined {
  return containersOf(pod.spec).find(
    ({ kind, container }) => kind === "container" && container.stdin === true,
  );
}

/** undefined where no container wants it, or nobody is there to type. */
export function attach(pod: Pod, options: OptionValues): Attachment | undefined {
  if (options["detach"] === true) return undefined;
  const at = attachedContainer(pod);
  if (at === undefined) return undefined;
  const { stdin } = process;
  const isRaw = at.container.tty === true && stdin.isTTY;
  if (options["tty"] === true && !stdin.isTTY) {
    console.error(NO_TERMINAL);
  }
  const { attached, fit, end } = terminalHere();
  return {
    container: at.container.name,
    attached,
    started() {
      if (!isRaw) return;
      // From here on Ctrl-C is the container's. However this process ends, Node gives the terminal back as it was.
      stdin.setRawMode(true);
      fit();
      if (options["quiet"] !== true) {
        process.stderr.write("If you don't see a command prompt, try pressing enter.\n");
      }
    },
    ended() {
      end();
      if (isRaw && stdin.isRaw) stdin.setRawMode(false);
      // Nobody reads on, and an open terminal must not hold secctx.
      stdin.destroy();
    },
  };
}

export interface TerminalHere {
  readonly attached: Attached;
  /** Tells the size once more. */
  fit(): void;
  end(): void;
}

/** Standard input, and the size of the terminal where output goes. */
export function terminalHere(): TerminalHere {
  const screen = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
  let tell: (() => void) | undefined;
  return {
    attached: {
      input: process.stdin,
      size: sizeOf(screen),
      onSize(told) {
        tell = () => {
          const now = sizeOf(screen);
          if (now !== undefined) told(now);
        };
        screen?.on("resize", tell);
      },
    },
    fit: () => tell?.(),
    end() {
      if (tell !== undefined) screen?.off("resize", tell);
      tell = undefined;
    },
  };
}

/** Of the terminal where output goes. */
function sizeOf(screen: WriteStream | undefined): TerminalSize | undefined {
  if (screen === undefined) return undefined;
  const [columns, rows] = screen.getWindowSize();
  return { rows, columns };
}
