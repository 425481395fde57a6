// The Docker engine: a pod as dockershim asks Docker Engine for it, by the daemon's API.
import { EngineError } from "../../node/errors.ts";
import { recordDaemon } from "../daemonRecord.ts";
import { type Engine, SandboxRefused } from "../engine.ts";
import { mountTmpfs } from "../hostMounts.ts";
import type { PodPlace } from "../podPlace.ts";
import { type DockerDaemon, daemonWords, isRefusal, unansweredWords } from "./client.ts";
import { sandboxBody } from "./createRequest.ts";
import { ensurePauseImage } from "./images.ts";
import { removeDockerLeftovers } from "./leftovers.ts";
import { DockerSandbox } from "./sandbox.ts";

export function dockerEngine(
  daemon: DockerDaemon,
  { place, rulesOf }: { readonly place: PodPlace; readonly rulesOf: string },
): Engine {
  const { client } = daemon;
  return {
    info: { name: "docker", version: daemon.fullVersion, rulesOf },
    isRuntime: true,
    async runSandbox(request) {
      const { docker } = request;
      if (docker === null)
        throw new EngineError("the Docker engine needs Docker's rules: --runtime docker");
      await removeDockerLeftovers(client);
      const image = await ensurePauseImage(client);
      const body = sandboxBody(request, docker, image);
      request.sent?.({ form: "docker", call: "POST /containers/create", document: body });
      const { socket } = daemon;
      const forget = recordDaemon(place.data, { engine: "docker", socket });
      const sandbox = new DockerSandbox(daemon, request, { data: place.data, forget });
      try {
        mountTmpfs(request.tmpfs);
        await sandbox.start(body);
      } catch (error) {
        await sandbox.remove();
        if (isRefusal(error)) throw new SandboxRefused(daemonWords(error));
        const words = unansweredWords(error);
        if (words !== "") throw new SandboxRefused(words, "DeadlineExceeded");
        throw error;
      }
      return sandbox;
    },
  };
}
