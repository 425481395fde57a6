// `secctx run FILE`: runs the pod here as a one-pod kubelet would, through the engine that is asked for.
import { admit, type Journey, walkOn } from "../../core/journey.ts";
import type { PodDocument } from "../../core/manifest/manifest.ts";
import type { ChosenEngine } from "../../engines/engines.ts";
import { removeLeftovers } from "../../engines/leftovers.ts";
import { dropPlace, makePlace } from "../../engines/podPlace.ts";
import { takeUserIds, type UserIds } from "../../engines/userIds.ts";
import { resourcesNotHeld } from "../../lifecycle/containerResources.ts";
import { forgetPod } from "../../lifecycle/detachedPods.ts";
import { configObjects } from "../../lifecycle/environment.ts";
import { lostLogNotes } from "../../lifecycle/lostLog.ts";
import { podHostname } from "../../lifecycle/podHosts.ts";
import { answerNow, podOf, refusedAnswer, runAnswer } from "../../lifecycle/runAnswer.ts";
import { runPod } from "../../lifecycle/runPod.ts";
import { asEngineError } from "../../node/diskFault.ts";
import { EngineError } from "../../node/errors.ts";
import { readMemory } from "../../node/memory.ts";
import { type HostFacts, readHost } from "../../node/node.ts";
import { manifestErrorText } from "../../report/manifestError.ts";
import { worthLittle } from "../../rootless/notHad.ts";
import { memoryMounts } from "../../volumes/volumes.ts";
import { asRootOfUserNamespace, isRoot } from "../asRoot.ts";
import { attach, checkTerminal, withTerminal } from "../attach.ts";
import { checkBefore } from "../beforeRun.ts";
import type { Command, OptionValues } from "../command.ts";
import { readConfig } from "../config/config.ts";
import { withPodPaths } from "../config/configured.ts";
import { isBackground, runInBackground, tellStarter, wasStarterTold } from "../detach.ts";
import { checkSourcesAreThere, imageSources } from "../imageSources.ts";
import { type Manifests, readManifests } from "../manifests.ts";
import { withNamespace } from "../namespaces.ts";
import {
  type AskedNetwork,
  askedNetwork,
  onNetwork,
  unheardPorts,
  userNetwork,
} from "../network.ts";
import { styleOf } from "../options.ts";
import { choosePod, withUid } from "../podToRun.ts";
import { expectedContainers, pullImages } from "../pullImages.ts";
import { criDocuments, runEngine } from "../runEngine.ts";
import { runHints } from "../runHints.ts";
import { listeners } from "../runListeners.ts";
import { claimsOf, lifeOptions, numberOf, RUN_OPTIONS } from "../runOptions.ts";
import { COULD_NOT_RUN, printer } from "../runPrinter.ts";
import { worldHere } from "../runWorld.ts";
import { startNotes } from "../startNotes.ts";
import { templateClaims, withStatefulName } from "../statefulPod.ts";
import { stopSignals } from "../stopSignals.ts";
import { asStored } from "../storedPod.ts";
import { toldClaims } from "../toldClaims.ts";
import { checkIds, checkPod } from "../withoutRoot.ts";

export const runCommand: Command = {
  name: "run",
  couldNotRun: COULD_NOT_RUN,
  summary: "run the pod here as a one-pod kubelet would, under the predicted context",
  arguments: "[file...]",
  options: RUN_OPTIONS,
  notes: `Ordinary users need subordinate ids (/etc/subuid, /etc/subgid) and newuidmap (Debian: uidmap), and the engine oci.
What a pod asks for and cannot have without root is said before anything starts, and ends with exit code 125.
A run ends when the pod's containers have ended, also where a kubelet would start them again or go on trying: the end says so, \
-o yaml as reason: EndedBySecctx. --restarts, --until ready and --detach start them again.`,
  examples: [
    "sudo secctx run pod.yaml --image app:1=docker-archive:app.tar",
    "sudo secctx run pod.yaml --image app:1=docker://registry.example/app:1 --probe",
    "sudo secctx run pod.yaml --engine docker --probe --show docker",
    "sudo secctx run deployment.yaml --until ready --timeout 30 -o yaml",
    "sudo secctx run server.yaml --detach",
    "sudo secctx logs -f server; sudo secctx stop server",
  ],
  run,
};

/** The exit code of the pod's first container, 125 when it never ran, 1 when --probe found a difference. */
async function run(args: readonly string[], options: OptionValues): Promise<number> {
  const life = lifeOptions(options);
  checkTerminal(options);
  const timeout = numberOf(options, "timeout");
  const claims = claimsOf(options);
  const network = askedNetwork(options);
  if (!isRoot()) return asRootOfUserNamespace().catch(couldNotRun);
  if (options["detach"] === true && !isBackground()) return runInBackground(args.includes("-"));
  const config = await readConfig(options);
  const manifests = await readManifests(args, withPodPaths(options, config), { command: "run" });
  if (manifests.errors.length > 0) {
    const style = styleOf(options, process.stderr);
    for (const error of manifests.errors) process.stderr.write(manifestErrorText(error, style));
    return COULD_NOT_RUN;
  }
  const document = onNetwork(withUid(withStatefulName(choosePod(manifests, options))), network);
  const stop = stopSignals(timeout);
  let chosen: ChosenEngine | undefined;
  try {
    const host = readHost();
    chosen = await runEngine(options, host);
    chosen.hold?.(document.pod);
    const made = templateClaims(document).map(({ claim }) => claim.object);
    const objects = [...made, ...manifests.objects];
    return await runHere({
      ...{
        document,
        manifests: { ...manifests, objects },
        options,
        chosen,
        host,
        claims,
        network,
        stop,
      },
      run: life,
    });
  } catch (thrown) {
    return couldNotRun(thrown);
  } finally {
    await chosen?.letGo?.();
    stop.end();
  }
}

/** @throws what is a bug */
function couldNotRun(thrown: unknown): number {
  const error = asEngineError(thrown);
  if (!(error instanceof EngineError)) throw error;
  console.error(`secctx: ${error.message}`);
  return COULD_NOT_RUN;
}

interface RunHere {
  readonly document: PodDocument;
  readonly manifests: Manifests;
  readonly options: OptionValues;
  readonly chosen: ChosenEngine;
  readonly host: HostFacts;
  readonly claims: Readonly<Record<string, string>>;
  readonly network: AskedNetwork;
  readonly stop: ReturnType<typeof stopSignals>;
  readonly run: Parameters<typeof runPod>[0]["options"];
}

async function runHere(here: RunHere): Promise<number> {
  const { document, manifests, options, chosen, host, stop } = here;
  const output = printer(options);
  const namespace = document.workload.namespace ?? "default";
  const { configMaps, secrets } = configObjects(manifests.objects, namespace);
  const machine = worldHere(options, {
    ...{ host, engine: chosen, pod: document.pod },
    objects: {
      // Every namespace of a cluster has one.
      configMaps: { "kube-root-ca.crt": ["ca.crt"], ...keysOf(configMaps) },
      secrets: keysOf(secrets),
    },
  });
  const world = withNamespace(machine, document, manifests.objects);
  const rulesOf = `${world.runtime.name} ${world.runtime.version}`;
  const info = chosen.info(rulesOf);
  const before = withTerminal(asStored(admit(document, world), manifests), options);
  output.warn(before);
  const refused = refusedAnswer(before, info);
  if (refused !== undefined || before.pod === null) {
    return refused === undefined ? COULD_NOT_RUN : output.end(refused, before);
  }
  checkBefore(before, before.pod, options);
  const { claims, unused } = toldClaims(here.claims, before.pod, document);
  for (const sentence of unused) console.error(`secctx: ${sentence}`);
  const network = userNetwork(before.pod, here.network);
  if (host.ids !== undefined) {
    await checkPod(before.pod, { network, claims, ids: host.ids });
  }
  const sources = imageSources(options);
  // With --timeout or --restarts it may come yet.
  if (here.run.pulls === 0) checkSourcesAreThere(sources);
  await removeLeftovers();
  const place = makePlace(podOf(before).name);
  const engine = chosen.open(place, { host, rulesOf });
  const attachment = attach(before.pod, options);
  let ids: UserIds | undefined;
  try {
    const given = { pod: before.pod, directory: place.data, objects: manifests.objects, world };
    engine.begin?.(before.pod, podHostname(before.pod), memoryMounts(given));
    if (before.pod.spec.hostUsers === false) ids = await takeUserIds();
    const node = ids === undefined ? world.node : { ...world.node, userNamespaceIds: ids.first };
    const { images, facts, again } = await pullImages(before.pod, sources, stop.signal);
    engine.beginContainers?.(expectedContainers(before.pod, images));
    // Whose word decided what --probe tries is provenance.
    const trace = options["probe"] === true;
    const walk = (): Journey =>
      walkOn(before, { ...world, node, images: { ...facts, ...world.images } }, { trace });
    const journey = walk();
    if (host.ids !== undefined) checkIds(journey, host.ids);
    const memory = readMemory(host);
    const about = { pod: before.pod, world: journey.world, memory };
    const little = host.ids === undefined ? [] : worthLittle(before.pod);
    const unheard = chosen.name === "oci" ? unheardPorts(before.pod, here.network) : [];
    const notHeld = [...resourcesNotHeld(about, engine), ...little, ...unheard];
    output.begin(journey, info);
    for (const sentence of notHeld) console.error(`secctx: ${sentence}`);
    for (const sentence of await startNotes(journey, manifests.objects)) output.note(sentence);
    if (options["show"] === "cri") {
      for (const sent of criDocuments(journey, chosen)) output.sent(sent);
    }
    let gaveUp: number | undefined;
    const heard = listeners(output, options, {
      ...{ id: place.id, journey },
      async runs(now, events) {
        const answer = answerNow(journey, info, { id: place.id, now, events }, notHeld);
        await tellStarter(await output.left(answer, journey, now.status));
      },
      cannot(exitCode = COULD_NOT_RUN) {
        gaveUp = exitCode;
        stop.giveUp();
      },
    });
    const outcome = await runPod({
      ...{ journey, images, objects: manifests.objects, claims, place },
      pullAgain: (reference) => again(reference).then(walk),
      ...{ engine, memory, network, options: here.run },
      ...(attachment === undefined ? {} : { attachment }),
      ...{ signal: stop.signal, force: stop.force },
      ...heard.of,
    });
    await heard.settled();
    // Nobody hears its end.
    if (wasStarterTold()) return 0;
    for (const sentence of lostLogNotes(outcome.containers)) output.note(sentence);
    const until = options["until"] === "ready" ? "ready" : "completed";
    const waited = stop.timedOut();
    if (until === "ready" && waited !== undefined && !outcome.isReady) gaveUp ??= COULD_NOT_RUN;
    const hints = runHints(outcome, { sources, waited, until });
    const answer = runAnswer(journey, info, outcome, notHeld, hints);
    const { exitCode } = answer;
    return output.end({ ...answer, exitCode: gaveUp ?? exitCode }, journey, outcome.status);
  } finally {
    attachment?.ended();
    await engine.close?.();
    ids?.free();
    dropPlace(place);
    // Whoever started it has heard why it never ran; nobody knows its name.
    if (options["detach"] === true && !wasStarterTold()) forgetPod(place);
  }
}

function keysOf(
  objects: ReadonlyMap<string, Readonly<Record<string, string>>>,
): Record<string, readonly string[]> {
  return Object.fromEntries([...objects].map(([name, values]) => [name, Object.keys(values)]));
}
