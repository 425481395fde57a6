// The engines that are runtimes of their own, started for a test file and ended after it, each where it can run here.
import { after, before } from "node:test";
import {
  type Daemon,
  lacksContainerd,
  lacksDocker,
  startContainerd,
  startDockerd,
} from "../daemons.ts";

export interface EngineSkips {
  readonly docker: string | false;
  readonly cri: string | false;
}

/** The environment names their sockets from `before` on. @returns why an engine's tests are skipped */
export function bothEngines(): EngineSkips {
  const skips = { docker: lacksDocker() ?? false, cri: lacksContainerd() ?? false } as const;
  const daemons: Daemon[] = [];
  before(async () => {
    if (skips.docker === false) {
      const docker = await startDockerd();
      daemons.push(docker);
      process.env["DOCKER_HOST"] = `unix://${docker.socket}`;
    }
    if (skips.cri === false) {
      const containerd = await startContainerd();
      daemons.push(containerd);
      process.env["CONTAINER_RUNTIME_ENDPOINT"] = `unix://${containerd.socket}`;
    }
  });
  after(async () => {
    await Promise.all(daemons.map((daemon) => daemon.stop()));
  });
  return skips;
}
