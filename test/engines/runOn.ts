// A pod run by one engine inside this process, as the command would run it, with every container probed.

import { imageSources } from "../../src/cli/imageSources.ts";
import { expectedContainers, pullImages } from "../../src/cli/pullImages.ts";
import { admit, type Journey, walkOn } from "../../src/core/journey.ts";
import { readManifest } from "../../src/core/manifest/manifest.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { World, WorldFile } from "../../src/core/model/world.ts";
import { composeWorld } from "../../src/core/rules/world.ts";
import type { ChosenEngine } from "../../src/engines/engines.ts";
import { dropPlace, makePlace } from "../../src/engines/podPlace.ts";
import { podHostname } from "../../src/lifecycle/podHosts.ts";
import { type RunAnswer, refusedAnswer, runAnswer } from "../../src/lifecycle/runAnswer.ts";
import { runPod } from "../../src/lifecycle/runPod.ts";
import { readMemory } from "../../src/node/memory.ts";
import { type HostFacts, hostDevices, readHost } from "../../src/node/node.ts";
import { memoryMounts } from "../../src/volumes/volumes.ts";

export interface RunOn {
  readonly engine: ChosenEngine;
  /** OCI layout that names the pod's images. */
  readonly images: string;
  readonly world?: WorldFile;
  /** ConfigMaps and Secrets. */
  readonly objects?: readonly JsonObject[];
}

export interface Ran {
  readonly journey: Journey;
  readonly answer: RunAnswer;
}

/** @param pod a whole manifest */
export async function runOn(
  pod: object,
  { engine, images: layout, world: file = {}, objects = [] }: RunOn,
): Promise<Ran> {
  const host = readHost();
  const world = worldOn(engine, host, file);
  const rulesOf = `${world.runtime.name} ${world.runtime.version}`;
  const [document] = readManifest(JSON.stringify(pod), "pod.json").pods;
  if (document === undefined) throw new Error("the manifest holds no pod");
  const admitted = admit(document, world);
  const refused = refusedAnswer(admitted, engine.info(rulesOf));
  if (refused !== undefined || admitted.pod === null) {
    return { journey: admitted, answer: refused as RunAnswer };
  }
  const { signal } = new AbortController();
  const sources = imageSources({ image: [`oci:${layout}`] });
  const place = makePlace(document.workload.name);
  const opened = engine.open(place, { host, rulesOf });
  try {
    const given = { pod: admitted.pod, directory: place.data, objects, world };
    opened.begin?.(admitted.pod, podHostname(admitted.pod), memoryMounts(given));
    const { images, facts } = await pullImages(admitted.pod, sources, signal);
    opened.beginContainers?.(expectedContainers(admitted.pod, images));
    const journey = walkOn(admitted, { ...world, images: facts });
    const outcome = await runPod({
      ...{ journey, images, objects, claims: {}, place, engine: opened },
      memory: readMemory(host),
      options: { restarts: 0, backOffScale: 0, probe: true },
      ...{ signal, force: signal },
      onEvent: () => {},
      onOutput: () => {},
    });
    return { journey, answer: runAnswer(journey, opened.info, outcome) };
  } finally {
    await opened.close?.();
    dropPlace(place);
  }
}

/** This machine with the engine's runtime. */
export function worldOn(engine: ChosenEngine, host: HostFacts, file: WorldFile = {}): World {
  const { told } = engine;
  return composeWorld({
    ...file,
    node: {
      ...host.node,
      devices: hostDevices().map((device) => ({ ...device })),
      seccompProfiles: {},
      ...file.node,
    },
    runtime: { ...told, ...file.runtime },
  });
}
