// The one suite that every engine must pass: acceptance cases of Kubernetes and critest, each really run.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type ChosenEngine, chooseEngine } from "../src/engines/engines.ts";
import { runtimeWords } from "../src/lifecycle/runtimeWords.ts";
import type { Daemon } from "./daemons.ts";
import type { EngineUnderTest, PodCase } from "./engines/case.ts";
import { casesFor } from "./engines/cases/cases.ts";
import { SECCOMP_PROFILES } from "./engines/cases/critest.ts";
import { type Cell, judge, type Outcome } from "./engines/cell.ts";
import { runCri } from "./engines/runCri.ts";
import { type Ran, type RunOn, runOn } from "./engines/runOn.ts";
import { leftovers, makeLab, removeLab } from "./run/run.ts";

export interface SuiteOptions {
  /** Why the engine cannot be tried here. */
  readonly skip: string | undefined;
  /** Starts what the engine needs; the environment leads `chooseEngine` to it. */
  readonly start?: () => Promise<
    Daemon & { readonly environment: Readonly<Record<string, string>> }
  >;
}

/** Where a run writes what came of each case, for tools/docs/engines.ts. */
const RESULTS = "dist/engines";

export function engineSuite(engine: EngineUnderTest, { skip, start }: SuiteOptions): void {
  const cases = casesFor(engine);
  const lab = makeLab();
  const cells: Cell[] = [];
  let daemon: Daemon | undefined;
  let chosen: ChosenEngine | undefined;
  before(async () => {
    Object.assign(process.env, lab.environment);
    // The ids of a pod in a user namespace have to pass through.
    chmodSync(lab.folder, 0o711);
    writeProfiles(lab.folder);
    if (skip !== undefined) return;
    const started = await start?.();
    daemon = started;
    Object.assign(process.env, started?.environment);
    chosen = await chooseEngine(engine, { ociRuntime: "runc" });
  });
  after(async () => {
    await daemon?.stop();
    if (cells.length > 0) {
      mkdirSync(RESULTS, { recursive: true });
      writeFileSync(join(RESULTS, `${engine}.json`), `${JSON.stringify(cells, null, 1)}\n`);
    }
    removeLab(lab);
  });
  const only = process.env["SECCTX_CASE"] ?? "";
  for (const one of cases.filter(({ name }) => name.includes(only))) {
    test(`${engine}: ${one.name} (${one.origin})`, { skip: skip ?? false }, async () => {
      assert.ok(chosen !== undefined);
      const on = { engine: chosen, images: join(lab.folder, "images") };
      const outcome = "cri" in one ? await runCri(one, on) : await runPodCase(one, on, lab.folder);
      cells.push(judge(one, engine, outcome));
    });
  }
  test(`${engine}: nothing is left behind`, { skip: skip ?? false }, () => {
    assert.deepEqual(leftovers(lab), []);
  });
}

async function runPodCase(one: PodCase, on: RunOn, folder: string): Promise<Outcome> {
  const world = {
    ...one.world,
    node: { kubeletRoot: join(folder, "kubelet"), seccompProfiles: SECCOMP_PROFILES },
  };
  return toOutcome(await runOn(one.pod, { ...on, world, objects: one.objects ?? [] }));
}

function toOutcome({ journey, answer }: Ran): Outcome {
  const { world } = journey;
  const [first] = answer.containers;
  const foretold = predictedRefusal(journey);
  const predicted = foretold === undefined ? {} : { predictedRefusal: foretold };
  if (first === undefined || first.observed === undefined || first.observed === null) {
    const refusal = refusalOf(answer);
    if (refusal !== undefined) return { world, ...predicted, refusal };
  }
  return {
    ...{ world, ...predicted, logs: first?.logs ?? "", exitCode: first?.exitCode ?? -1 },
    ...(first?.predicted === undefined ? {} : { predicted: first.predicted }),
    ...{ observed: first?.observed ?? null, differences: first?.differences ?? [] },
  };
}

/** By whichever program comes first in the walk. */
function predictedRefusal(journey: Ran["journey"]): string | undefined {
  const { apiserver, podSecurity, kubelet, containers } = journey;
  const early = apiserver.out.status?.message ?? podSecurity.refusal;
  if (early !== undefined) return early;
  const { admission } = kubelet?.out ?? {};
  if (admission !== undefined && !admission.admitted) return admission.message;
  const waiting = kubelet?.out.containers.find((one) => one.waiting !== null)?.waiting;
  if (waiting && waiting.message !== "") return waiting.message;
  const failed = kubelet?.out.sandbox === null ? kubelet.out.events.at(-1)?.message : undefined;
  if (failed !== undefined) return failed;
  const [walk] = containers ?? [];
  return walk?.error == null ? undefined : runtimeWords(walk.error, walk.name);
}

function refusalOf(answer: Ran["answer"]): string | undefined {
  if (answer.message !== "") return answer.message;
  const [first] = answer.containers;
  if (first === undefined || !("terminated" in first.state)) return undefined;
  const { reason, message } = first.state.terminated;
  return reason === "StartError" ? message : undefined;
}

function writeProfiles(folder: string): void {
  const profiles = join(folder, "kubelet", "seccomp");
  mkdirSync(profiles, { recursive: true });
  for (const [file, text] of Object.entries(SECCOMP_PROFILES)) {
    writeFileSync(join(profiles, file), text);
  }
}
