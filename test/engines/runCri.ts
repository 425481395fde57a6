// CRI documents that no kubelet sends, given to the CRI engine as they are.
import { imageSources } from "../../src/cli/imageSources.ts";
import { pullImages } from "../../src/cli/pullImages.ts";
import { compare } from "../../src/core/compare/compare.ts";
import { predictObservation } from "../../src/core/compare/predictObservation.ts";
import { kernel } from "../../src/core/kernel/kernel.ts";
import type { Pod } from "../../src/core/model/pod.ts";
import { startWithContainerd } from "../../src/core/stages/containerd.ts";
import type { ContainerRequest, SandboxRequest } from "../../src/engines/engine.ts";
import { SandboxRefused } from "../../src/engines/engine.ts";
import { dropPlace, makePlace } from "../../src/engines/podPlace.ts";
import { readHost } from "../../src/node/node.ts";
import type { CriCase } from "./case.ts";
import type { Outcome } from "./cell.ts";
import { type RunOn, worldOn } from "./runOn.ts";

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export async function runCri({ cri, world: file }: CriCase, on: RunOn): Promise<Outcome> {
  const host = readHost();
  const base = worldOn(on.engine, host, file);
  const { sandbox = {}, container, image: reference = "demo/busybox:1", script } = cri;
  const pod = { spec: { containers: [{ name: "c", image: reference }] } } as unknown as Pod;
  const sources = imageSources({ image: [`oci:${on.images}`] });
  const { images, facts } = await pullImages(pod, sources, new AbortController().signal);
  const image = images.get(reference)?.image;
  if (image === undefined) throw new Error(`no image ${reference}`);
  const world = { ...base, images: facts };
  const predicted = startWithContainerd(
    { sandbox, container, image: facts[reference] ?? {}, mounts: [] },
    world,
  ).out;
  const place = makePlace("cri");
  const engine = on.engine.open(place, { host, rulesOf: "" });
  const given = { id: place.id, hostname: "cri", dns: { resolvConf: "", hosts: "" }, tmpfs: [] };
  const asked: SandboxRequest = {
    ...{ ...given, cri: sandbox, spec: {}, docker: null, sharedProcessNamespace: false },
    resources: {},
  };
  let logs = "";
  const request: ContainerRequest = {
    ...{ name: "c", kind: "container", attempt: 0, mounts: [], docker: null, probe: true },
    image: {
      ...{ reference, rootfs: image.rootfs, digest: image.digest, user: image.config.user },
      isDirectory: false,
    },
    process: {
      ...{
        args: ["sh", "-c", script],
        env: [PATH],
        cwd: "/",
        terminal: false,
        stdin: false,
        stdinOnce: false,
      },
    },
    cri: { security_context: container },
    spec: predicted.spec ?? null,
    output: (_, bytes) => {
      logs += bytes.toString("utf8");
    },
  };
  const refusal = predicted.error === undefined ? {} : { predictedRefusal: predicted.error };
  try {
    const opened = await engine.runSandbox(asked);
    try {
      const running = opened.startContainer(request);
      const refused = await running.started;
      if (refused !== undefined) return { world, ...refusal, refusal: refused.message };
      const exit = await running.ended;
      const observed = (await running.observed) ?? null;
      const seen = { world, ...refusal, exitCode: exit?.exitCode ?? -1, logs, observed };
      const { spec, sandboxSpec } = predicted;
      const status = spec && kernel({ spec }, world).out.status;
      if (!spec || !status) return seen;
      const expected = predictObservation({
        spec,
        status,
        ...(sandboxSpec ? { sandboxSpec } : {}),
      });
      const differences =
        observed === null ? [] : compare({ predicted: expected, observed }, world).out.differences;
      return { ...seen, predicted: expected, differences };
    } finally {
      await opened.remove();
    }
  } catch (error) {
    if (!(error instanceof SandboxRefused)) throw error;
    return { world, ...refusal, refusal: error.message };
  } finally {
    dropPlace(place);
  }
}
