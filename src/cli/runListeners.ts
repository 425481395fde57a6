// Who hears of a pod that runs: the terminal, and of a detached one its record.
import type { Journey } from "../core/journey.ts";
import { containersOf } from "../core/model/pod.ts";
import { DetachedRecord } from "../lifecycle/detachedRecord.ts";
import type { RunInput } from "../lifecycle/podRun.ts";
import { podOf } from "../lifecycle/runAnswer.ts";
import type { OptionValues } from "./command.ts";
import { tellStarter } from "./detach.ts";
import { isLeftAlone } from "./leftAlone.ts";
import type { Printer } from "./runPrinter.ts";

/** Which container kubectl means where none is named. */
const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

export function listeners(
  output: Printer,
  options: OptionValues,
  { id, journey }: { readonly id: string; readonly journey: Journey },
): Pick<RunInput, "onEvent" | "onOutput" | "onStatus" | "onSent"> {
  const shows = typeof options["show"] === "string";
  const heard = { onEvent: output.event, ...(shows ? { onSent: output.sent } : {}) };
  if (options["detach"] !== true) {
    const watches = options["watch"] === true ? { onStatus: output.status } : {};
    return { ...heard, ...watches, onOutput: output.log };
  }
  const names = containersOf(journey.pod?.spec).filter(({ kind }) => kind === "container");
  const others = containersOf(journey.pod?.spec).filter(({ kind }) => kind !== "container");
  const containers = [...names, ...others].map(({ container }) => container.name);
  const told = String(journey.pod?.metadata?.annotations?.[DEFAULT_CONTAINER]);
  const defaultContainer = containers.includes(told) ? told : (containers[0] ?? "");
  const record = new DetachedRecord(
    {
      ...{ id, containers, defaultContainer, ...podOf(journey) },
      runtimeVersion: journey.world.runtime.version,
    },
    journey.pod,
  );
  return {
    ...heard,
    onEvent: (event) => {
      output.event(event);
      record.event(event);
    },
    onOutput: (container, stream, bytes, attempt) => record.log(container, attempt, stream, bytes),
    onStatus: (now) => {
      const isLeft = isLeftAlone(now, options["until"] === "ready");
      void record.write(now).then(() => {
        if (isLeft) tellStarter(id);
      });
    },
  };
}
