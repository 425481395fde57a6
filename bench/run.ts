// What `secctx run` of a one-container pod running `true` costs, from manifest to removal, beside what it cannot do without
// (an empty Node process, the bare OCI runtime on the same config) and beside `podman kube play` + `down` of the same file.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contestant, measure, paired, show, table } from "./measure.ts";

const ROUNDS = 15;
const IMAGE = "localhost/demo/busybox:1";
const POD = `apiVersion: v1
kind: Pod
metadata: { name: bench-true }
spec:
  restartPolicy: Never
  containers:
    - { name: demo, image: "${IMAGE}", imagePullPolicy: IfNotPresent, command: ["true"] }
`;

export function main(): void {
  if (process.getuid?.() !== 0) throw new Error("bench run: containers need root");
  const folder = mkdtempSync(join(tmpdir(), "secctx-bench-run-"));
  try {
    const pod = join(folder, "pod.yaml");
    writeFileSync(pod, POD);
    const secctx = `node dist/secctx.cjs run ${pod} --image ${IMAGE}=oci:dist/demo:demo/busybox:1`;
    bundleOf(secctx, folder);
    const contestants: Contestant[] = [
      { name: "node -e 0", command: "node -e 0" },
      {
        name: "runc run, same config",
        command: `runc run --bundle ${folder}/bundle secctx-bench-$$`,
      },
      { name: "secctx run", command: secctx },
      ...podman(pod, folder),
    ];
    const measured = measure(contestants, ROUNDS);
    console.log(table(measured));
    const above = paired(measured, ["secctx run", "node -e 0", "runc run, same config"], "wall");
    console.log(
      `\nsecctx run above node -e 0 + runc run, wall ms, paired (min / median / max): ${show(above)}`,
    );
    const peer = measured.find(({ name }) => name.startsWith("podman"));
    if (peer === undefined)
      console.log("podman is not installed: apt-get install podman catatonit");
    else
      console.log(
        ratioText(
          peer.samples.map((s) => s.wall),
          of(measured, "secctx run"),
        ),
      );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function of(measured: ReturnType<typeof measure>, name: string): number[] {
  return (measured.find((one) => one.name === name)?.samples ?? []).map((sample) => sample.wall);
}

function ratioText(peer: readonly number[], own: readonly number[]): string {
  const ratios = peer.map((wall, round) => wall / (own[round] ?? Number.NaN)).sort((a, b) => a - b);
  const at = (share: number) => ratios[Math.floor(share * (ratios.length - 1))]?.toFixed(1);
  const minima = Math.min(...peer) / Math.min(...own);
  return `podman kube play + down ÷ secctx run: minima ${minima.toFixed(1)}, paired (min / median / max): ${at(0)} / ${at(0.5)} / ${at(1)}`;
}

/** Takes the config that secctx hands to runc, lets it make its own namespaces and gives it the bare root file system. */
function bundleOf(secctx: string, folder: string): void {
  const wrapper = join(folder, "runc");
  writeFileSync(
    wrapper,
    `#!/bin/sh\nfor word; do case "$previous" in --bundle|-b) cp "$word/config.json" ${folder}/config.json;; esac; case "$word" in --bundle=*) cp "\${word#--bundle=}/config.json" ${folder}/config.json;; esac; previous=$word; done\n[ -f config.json ] && cp config.json ${folder}/config.json\nexec runc "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  const run = spawnSync("bash", ["-c", `${secctx} --oci-runtime ${wrapper}`], { encoding: "utf8" });
  const config = join(folder, "config.json");
  if (!existsSync(config)) throw new Error(`no config.json was seen: ${run.stderr}`);
  const spec = JSON.parse(readFileSync(config, "utf8")) as Record<string, never> & {
    root: { path: string };
    linux: { namespaces: { type: string; path?: string }[]; cgroupsPath?: string };
    mounts: { source?: string; type?: string; options?: string[] }[];
  };
  const bundle = join(folder, "bundle");
  mkdirSync(join(bundle, "rootfs"), { recursive: true });
  const copied = spawnSync("bash", [
    "-c",
    `skopeo copy -q oci:dist/demo:demo/busybox:1 oci:${folder}/image:1 && for blob in ${folder}/image/blobs/sha256/*; do tar -xzf "$blob" -C ${bundle}/rootfs 2>/dev/null; done; true`,
  ]);
  if (copied.status !== 0) throw new Error("the demo image could not be unpacked");
  spec.root.path = "rootfs";
  for (const namespace of spec.linux.namespaces) delete namespace.path;
  spec.linux.cgroupsPath = "/secctx-bench";
  // Files of the sandbox are gone: what was bound from there is left out.
  spec.mounts = spec.mounts.filter(
    ({ source = "", type }) => type !== "bind" && !source.startsWith("/run/secctx"),
  );
  writeFileSync(join(bundle, "config.json"), JSON.stringify(spec));
}

/** podman with the settings that this machine needs: runc on hybrid cgroups, no raised limits. */
function podman(pod: string, folder: string): Contestant[] {
  const isThere = ["podman", "catatonit"].every((name) => spawnSync("which", [name]).status === 0);
  if (!isThere) return [];
  const conf = join(folder, "containers.conf");
  writeFileSync(
    conf,
    '[containers]\ndefault_ulimits = []\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\nruntime = "runc"\n',
  );
  const env = { CONTAINERS_CONF: conf };
  spawnSync("skopeo", [
    "copy",
    "-q",
    "oci:dist/demo:demo/busybox:1",
    `containers-storage:${IMAGE}`,
  ]);
  return [
    {
      name: "podman kube play + down",
      command: `podman kube play ${pod} && podman kube down ${pod}`,
      env,
    },
  ];
}
