// The mounts of runc's init that the kernel refuses: file systems of a namespace that is not the container's, and labels.
// @see runc v1.3.6 libcontainer/rootfs_linux.go prepareRootfs; linux v6.18 fs/sysfs/mount.c, fs/proc/root.c, ipc/mqueue.c
import type { OciMount, OciNamespace, OciSpec } from "../model/oci.ts";
import { goQuote } from "../rules/goText.ts";
import { hasUserNamespace } from "../rules/hostCapabilities.ts";
import { isValidContext } from "../rules/seLinuxContext.ts";
import { type Refusal, refuse, type StepInput } from "./step.ts";

/** A file system that shows a namespace may be mounted only by the root of the user namespace that owns it. */
const SHOWS: Readonly<Record<string, OciNamespace["type"]>> = {
  sysfs: "network",
  proc: "pid",
  mqueue: "ipc",
};
/** runc puts no `context=` on these. */
const UNLABELLED: ReadonlySet<string> = new Set(["proc", "sysfs", "mqueue", "bind", "cgroup"]);

export function prepareRootfs({ spec, world }: StepInput): Refusal | undefined {
  const label = spec.linux?.mountLabel ?? "";
  const labelRefused =
    label !== "" && !(world.node.seLinux && isValidContext(label, world.node.seLinuxPolicy));
  for (const [index, mount] of (spec.mounts ?? []).entries()) {
    if (isForeign(mount, spec)) {
      return refuse(mountError(mount, "", "operation not permitted"), "mounts", index);
    }
    if (labelRefused && isLabelled(mount)) {
      const context = `context=${goQuote(label)}`;
      return refuse(mountError(mount, context, "invalid argument"), "linux", "mountLabel");
    }
  }
  return undefined;
}

/** Namespaces that are joined belong to the pod's user namespace, as the runtimes create them. */
export function isForeign(mount: OciMount, spec: OciSpec): boolean {
  const shown = SHOWS[mount.type ?? ""];
  if (shown === undefined || !hasUserNamespace(spec)) return false;
  return spec.linux?.namespaces?.some(({ type }) => type === shown) !== true;
}

function isLabelled({ type = "", options = [] }: OciMount): boolean {
  const isBind = options.some((word) => word === "bind" || word === "rbind");
  return !UNLABELLED.has(type) && !isBind;
}

/** The arguments of mount(2) that runc prints after the target differ with every release and are left out, but for the label. */
function mountError(mount: OciMount, data: string, errno: string): string {
  const { type = "", source = type, destination } = mount;
  const what = `error mounting ${goQuote(source)} to rootfs at ${goQuote(destination)}`;
  return `${what}: mount ${source}:${destination}${data === "" ? "" : `, data: ${data}`}: ${errno}`;
}
