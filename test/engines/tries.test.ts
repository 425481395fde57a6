// What --probe tries on the engines that are runtimes of their own: each attempt is made, as on the OCI engine.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { lacksContainerd, lacksDocker, startContainerd, startDockerd } from "../daemons.ts";
import { leftovers, makeLab, podOf, removeLab, runCommand } from "../run/run.ts";

const lab = makeLab();
after(() => removeLab(lab));

const ENGINES = [
  { engine: "docker", skip: lacksDocker(), begin: startDockerd, endpoint: "DOCKER_HOST" },
  {
    ...{ engine: "cri", skip: lacksContainerd(), begin: startContainerd },
    endpoint: "CONTAINER_RUNTIME_ENDPOINT",
  },
] as const;

const IMAGE = { image: "demo/busybox:1", command: ["sleep", "1"] };
const DATA = { volumeMounts: [{ name: "data", mountPath: "/data" }] };
const POD = podOf("", {
  volumes: [{ name: "data", emptyDir: {} }],
  securityContext: { runAsUser: 1000, runAsGroup: 3000 },
  containers: [
    { name: "plain", ...IMAGE, ...DATA },
    {
      ...{ name: "strict", ...IMAGE, ...DATA },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
    },
    { name: "root", ...IMAGE, ...DATA, securityContext: { runAsUser: 0 } },
  ],
});

const ASKED = [
  "write /",
  "write /data",
  "bind port 80",
  "setuid file",
  "raw socket",
  "ping socket",
];

interface Tried {
  readonly what: string;
  readonly allowed: boolean | null;
  readonly predicted: boolean;
}
interface Answer {
  readonly containers: readonly { readonly name: string; readonly tries: readonly Tried[] }[];
}

for (const { engine, skip, begin, endpoint } of ENGINES) {
  test(`${engine}: every try is made`, { skip: skip ?? false, timeout: 240_000 }, async () => {
    const daemon = await begin();
    try {
      const environment = { ...lab.environment, [endpoint]: `unix://${daemon.socket}` };
      const words = ["--engine", engine, "--probe", "--output", "json"];
      const { code, stdout, stderr } = await runCommand({ ...lab, environment }, POD, words);
      assert.equal(code, 0, stderr);
      for (const { name, tries } of (JSON.parse(stdout) as Answer).containers) {
        assert.deepEqual(
          tries.map(({ what }) => what),
          ASKED,
          name,
        );
        // null is a try that was not made.
        const wrong = tries.filter(({ allowed, predicted }) => allowed !== predicted);
        assert.deepEqual(wrong, [], name);
      }
    } finally {
      await daemon.stop();
    }
    assert.deepEqual(leftovers(lab), []);
  });
}
