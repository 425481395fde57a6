// What `secctx run` is measured beside: the bare OCI runtime on the same config, podman, and Docker on a daemon of its own.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planCgroups, removeCgroups } from "../src/engines/runc/cgroups.ts";
import type { Daemon } from "../test/daemons.ts";
import type { Contestant } from "./measure.ts";

/** The demo image as the pods name it, and where it lies here. */
export const IMAGE = "localhost/demo/busybox:1";
export const LAYOUT = "oci:dist/demo:demo/busybox:1";

const groups = planCgroups("bench");

/** What the bare runtime leaves: it removes its own group, not the one above. */
export async function removeBundleGroups(): Promise<void> {
  await removeCgroups(groups.directories);
}

/** Takes the config that secctx hands to runc, lets it make its own namespaces and gives it the bare root file system. */
export function bundleOf(secctx: string, folder: string): void {
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
    `skopeo copy -q ${LAYOUT} oci:${folder}/image:1 && for blob in ${folder}/image/blobs/sha256/*; do tar -xzf "$blob" -C ${bundle}/rootfs 2>/dev/null; done; true`,
  ]);
  if (copied.status !== 0) throw new Error("the demo image could not be unpacked");
  spec.root.path = "rootfs";
  for (const namespace of spec.linux.namespaces) delete namespace.path;
  // As deep as a pod's: right below the root a container that asks for nothing would stand behind all else that runs here.
  spec.linux.cgroupsPath = groups.pathOf("demo0") ?? "";
  // Files of the sandbox are gone: what was bound from there is left out.
  spec.mounts = spec.mounts.filter(
    ({ source = "", type }) => type !== "bind" && !source.startsWith("/run/secctx"),
  );
  writeFileSync(join(bundle, "config.json"), JSON.stringify(spec));
}

/** podman with the settings that this machine needs: runc on hybrid cgroups, no raised limits. */
export function podman(pod: string, folder: string): Contestant[] {
  const isThere = ["podman", "catatonit"].every((name) => spawnSync("which", [name]).status === 0);
  if (!isThere) return [];
  const conf = join(folder, "containers.conf");
  writeFileSync(
    conf,
    '[containers]\ndefault_ulimits = []\n[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\nruntime = "runc"\n',
  );
  const env = { CONTAINERS_CONF: conf };
  spawnSync("skopeo", ["copy", "-q", LAYOUT, `containers-storage:${IMAGE}`]);
  return [
    {
      name: "podman kube play + down",
      command: `podman kube play ${pod} && podman kube down ${pod}`,
      env,
    },
  ];
}

/** The same image and command, without a network as the pod is. */
export function docker({ socket }: Daemon, folder: string): Contestant[] {
  if (spawnSync("which", ["docker"]).status !== 0) return [];
  const archive = join(folder, "image.tar");
  const client = `docker --host unix://${socket}`;
  const script = `skopeo copy -q ${LAYOUT} docker-archive:${archive}:${IMAGE} && ${client} load -q -i ${archive}`;
  const loaded = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  if (loaded.status !== 0) throw new Error(`docker load: ${loaded.stderr}`);
  return [{ name: "docker run --rm", command: `${client} run --rm --network none ${IMAGE} true` }];
}
