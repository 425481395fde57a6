// The measured process of bench/walk.ts: prints pods per second of CPU time as JSON.

import { checkPod } from "../src/core/journey/fast.ts";
import { findingsOf, walk } from "../src/core/journey.ts";
import { type PodDocument, readManifest } from "../src/core/manifest/manifest.ts";
import { composeWorld } from "../src/core/rules/world.ts";
import { PODS } from "./pods.ts";

const documents: PodDocument[] = PODS.flatMap((text, index) => [
  ...readManifest(text, `${index}.yaml`).pods,
]);
const images = Object.fromEntries(
  documents.flatMap(({ pod }) =>
    pod.spec.containers.map(({ image }) => [image ?? "", { user: "1000", passwd: "", group: "" }]),
  ),
);
const world = composeWorld({ images });

/** Sums up what came out, so that nothing is optimised away. */
let sink = 0;

/** V8 compiles the last of these functions after a few seconds: what it does before is not what a long run sees. */
const WARM_UP_SECONDS = 5;
const MEASURED_SECONDS = 2;

function rate(work: (document: PodDocument) => void): number {
  podsPerSecond(work, WARM_UP_SECONDS);
  return podsPerSecond(work, MEASURED_SECONDS);
}

function podsPerSecond(work: (document: PodDocument) => void, seconds: number): number {
  let pods = 0;
  const start = process.cpuUsage();
  let used = 0;
  while (used < seconds * 1e6) {
    for (let turn = 0; turn < 20; turn += 1) for (const document of documents) work(document);
    pods += 20 * documents.length;
    const { user, system } = process.cpuUsage(start);
    used = user + system;
  }
  return pods / (used / 1e6);
}

const answer = {
  "whole journey with trace and findings (explain)": rate((document) => {
    sink += findingsOf(walk(document, world, { trace: true })).length;
  }),
  "API server, Pod Security and kubelet, no trace (check)": rate((document) => {
    sink += checkPod(document, world).length;
  }),
};
console.log(JSON.stringify(answer));
if (sink < 0) throw new Error("unreachable");
