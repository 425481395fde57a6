// The mounts that containerd adds to every container: files of the pod's sandbox, unless the request mounts something there.
// @see containerd v2.1.9 internal/cri/server/container_create.go linuxContainerMounts
import type { CriMount, IDMapping } from "../model/cri.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { cleanPath } from "../rules/paths.ts";
import { DEV_SHM } from "./defaultSpec.ts";
import type { Facts } from "./facts.ts";

const ROOT_DIR = "/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>";
const STATE_DIR = "/run/containerd/io.containerd.grpc.v1.cri/sandboxes/<SANDBOX>";

/** Read-only with a read-only root filesystem, /dev/shm never. With a user namespace the files are mapped into it. */
export function containerMounts(
  sc: CriSecurityContext,
  requested: readonly CriMount[],
  { release }: Facts,
): CriMount[] {
  const mapped: { uidMappings?: readonly IDMapping[]; gidMappings?: readonly IDMapping[] } =
    sc.userns !== undefined && release.idmapMounts === "applied"
      ? { uidMappings: sc.userns.uids, gidMappings: sc.userns.gids }
      : {};
  const shm = sc.ipc === "NODE" ? DEV_SHM : `${STATE_DIR}/shm`;
  const own: CriMount[] = [
    ...["hostname", "hosts", "resolv.conf"].map((name) => ({
      container_path: `/etc/${name}`,
      host_path: `${ROOT_DIR}/${name}`,
      readonly: sc.readonlyRootfs,
      selinux_relabel: true,
      ...mapped,
    })),
    { container_path: DEV_SHM, host_path: shm, selinux_relabel: shm !== DEV_SHM },
  ];
  const taken = new Set(requested.map((mount) => cleanPath(mount.container_path)));
  return own.filter((mount) => !taken.has(mount.container_path));
}
