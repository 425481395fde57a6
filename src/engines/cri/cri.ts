// The CRI engine: a pod as the kubelet asks a runtime for it, by gRPC on the runtime's socket.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordDaemon } from "../daemonRecord.ts";
import { type Engine, SandboxRefused } from "../engine.ts";
import { mountTmpfs } from "../hostMounts.ts";
import type { PodPlace } from "../podPlace.ts";
import { codeOf, needAnswer } from "./client.ts";
import { removeCriLeftovers } from "./leftovers.ts";
import { sandboxConfig } from "./requests.ts";
import type { CriRuntime } from "./runtimeFacts.ts";
import { CriSandbox } from "./sandbox.ts";

export function criEngine(
  { client, fullVersion }: CriRuntime,
  { place, rulesOf }: { readonly place: PodPlace; readonly rulesOf: string },
): Engine {
  return {
    info: { name: "containerd", version: fullVersion, rulesOf },
    isRuntime: true,
    async runSandbox(request) {
      await removeCriLeftovers(client);
      const logs = join(place.data, "logs");
      const hosts = join(place.state, "hosts");
      mkdirSync(logs, { recursive: true, mode: 0o711 });
      writeFileSync(hosts, request.dns.hosts);
      const config = sandboxConfig(request, logs);
      request.sent?.({ form: "cri", call: "RunPodSandbox", document: { config } });
      const { socket } = client;
      const forget = recordDaemon(place.data, { engine: "cri", socket });
      const sandbox = new CriSandbox(client, {
        request,
        config,
        logs,
        hosts,
        data: place.data,
        forget,
      });
      try {
        mountTmpfs(request.tmpfs);
        await sandbox.start();
      } catch (error) {
        await sandbox.remove();
        throw new SandboxRefused(needAnswer(error, socket), codeOf(error));
      }
      return sandbox;
    },
  };
}
