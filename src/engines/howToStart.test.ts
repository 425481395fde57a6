import assert from "node:assert/strict";
import { test } from "node:test";
import { howToStart, type SoughtDaemon } from "./howToStart.ts";

const DAEMON: SoughtDaemon = {
  ...{ program: "containerd", unit: "containerd", debianPackage: "containerd" },
  ...{ variable: "CONTAINER_RUNTIME_ENDPOINT", usual: ["/run/a.sock", "/run/b.sock"] },
};

test("a daemon that is installed is to be started, any other to be installed; where it was looked for", () => {
  assert.equal(
    howToStart(DAEMON, {}, true),
    "start containerd (systemctl start containerd); CONTAINER_RUNTIME_ENDPOINT is not set, so secctx looked at /run/a.sock and /run/b.sock",
  );
  assert.equal(
    howToStart(DAEMON, { CONTAINER_RUNTIME_ENDPOINT: "unix:///x" }, false),
    "install containerd (apt-get install containerd) and start it; CONTAINER_RUNTIME_ENDPOINT is unix:///x",
  );
});
