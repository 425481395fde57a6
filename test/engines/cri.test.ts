// The acceptance cases on the CRI engine, with a containerd of the test's own.
import { lacksContainerd, startContainerd } from "../daemons.ts";
import { engineSuite } from "../engines.ts";

engineSuite("cri", {
  skip: lacksContainerd(),
  async start() {
    const daemon = await startContainerd();
    return { ...daemon, environment: { CONTAINER_RUNTIME_ENDPOINT: `unix://${daemon.socket}` } };
  },
});
