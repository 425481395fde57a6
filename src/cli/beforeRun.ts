// What is held against a pod that the API server accepted before anything of it is started.
import { placeOf } from "../core/answers/place.ts";
import type { Journey } from "../core/journey.ts";
import type { Pod } from "../core/model/pod.ts";
import { checkIsNew } from "../lifecycle/detachedPods.ts";
import { checkNames } from "../lifecycle/names.ts";
import { podOf } from "../lifecycle/runAnswer.ts";
import { EngineError } from "../node/errors.ts";
import { volumesNotHad } from "../volumes/volumesNotHad.ts";
import type { OptionValues } from "./command.ts";

/** @throws EngineError with a sentence for each thing that cannot be */
export function checkBefore(journey: Journey, pod: Pod, options: OptionValues): void {
  checkNames(pod);
  if (options["detach"] === true) checkIsNew(podOf(journey));
  checkVolumes(journey, pod);
}

const STAND_IN =
  "a persistentVolumeClaim stands in for one of another kind, with a folder of this machine by --claim NAME=FOLDER";

function checkVolumes({ document }: Journey, pod: Pod): void {
  const sentences = volumesNotHad(pod).map(({ name, kind, path }) => {
    const { file, line, column } = placeOf([...document.workload.podPath, ...path], document);
    const place = line === undefined ? "" : ` (${file}:${line}:${column})`;
    return `volume ${name}: secctx has no ${kind} volumes on this machine${place}`;
  });
  if (sentences.length === 0) return;
  throw new EngineError([...sentences, STAND_IN].join("\nsecctx: "));
}
