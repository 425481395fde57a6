// The acceptance cases on the Docker engine, with a daemon of the test's own.
import { lacksDocker, startDockerd } from "../daemons.ts";
import { engineSuite } from "../engines.ts";

engineSuite("docker", {
  skip: lacksDocker(),
  async start() {
    const daemon = await startDockerd();
    return { ...daemon, environment: { DOCKER_HOST: `unix://${daemon.socket}` } };
  },
});
