// The mounts that containerd adds to every container: files of the pod's sandbox, unless the request mounts something there.
// @see containerd v2.1.9 internal/cri/server/container_create.go linuxContainerMounts
import type { CriMount } from "../model/cri.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { cleanPath } from "../rules/paths.ts";
import { DEV_SHM } from "./defaultSpec.ts";
import type { Facts } from "./facts.ts";

const ROOT_DIR = "/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>";
const STATE_DIR = "/run/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>";

const FILES = ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"].map((path) => ({
  container_path: path,
  host_path: path.replace("/etc", ROOT_DIR),
}));

/** Read-only with a read-only root filesystem, /dev/shm never. With a user namespace the files are mapped into it. */
export function containerMounts(
  sc: CriSecurityContext,
  requested: readonly CriMount[],
  { release }: Facts,
): CriMount[] {
  const mapping = release.idmapMounts === "applied" ? sc.userns : undefined;
  const selinux_relabel = true;
  const shm = sc.ipc === "NODE" ? DEV_SHM : `${STATE_DIR}/shm`;
  const own: CriMount[] = [
    ...FILES.map(({ container_path, host_path }): CriMount => {
      const readonly = sc.readonlyRootfs;
      if (mapping === undefined) return { container_path, host_path, readonly, selinux_relabel };
      const { uids: uidMappings, gids: gidMappings } = mapping;
      return { container_path, host_path, readonly, selinux_relabel, uidMappings, gidMappings };
    }),
    { container_path: DEV_SHM, host_path: shm, selinux_relabel: shm !== DEV_SHM },
  ];
  const taken = requested.map((mount) => cleanPath(mount.container_path));
  return own.filter((mount) => !taken.includes(mount.container_path));
}
