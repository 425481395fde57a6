// What an OCI runtime needs changed in a spec where secctx is root of a user namespace only; it means the same.
import type { OciMount, OciNamespace, OciSpec } from "../../core/model/oci.ts";

/** File systems that only the owner of a namespace may mount, with the namespace and the place where the host's lies. */
const VIEWS: Readonly<
  Record<string, { readonly namespace: OciNamespace["type"]; readonly source: string }>
> = {
  proc: { namespace: "pid", source: "/proc" },
  sysfs: { namespace: "network", source: "/sys" },
  mqueue: { namespace: "ipc", source: "/dev/mqueue" },
};

/**
 * The host's namespaces belong to the host's root: nobody else may join them, but who never left is in them. What shows
 * them is bound from where it is mounted already.
 * @param sandbox the spec of the pod's sandbox: which namespaces are the pod's own
 */
export function staysInHost(spec: OciSpec, sandbox: OciSpec): OciSpec {
  const ofSandbox = new Set(sandbox.linux?.namespaces?.map(({ type }) => type));
  const namespaces = spec.linux?.namespaces?.filter(
    ({ type, path = "" }) => path === "" || ofSandbox.has(type),
  );
  const own = new Set(namespaces?.map(({ type }) => type));
  const mounts = spec.mounts?.map((mount): OciMount => {
    const view = VIEWS[mount.type ?? ""];
    if (view === undefined || own.has(view.namespace)) return mount;
    const options = ["rbind", "rprivate", ...(mount.options ?? [])];
    return { ...mount, type: "bind", source: view.source, options };
  });
  return {
    ...spec,
    ...(mounts === undefined ? {} : { mounts }),
    linux: { ...spec.linux, ...(namespaces === undefined ? {} : { namespaces }) },
  };
}

/** Without control groups nothing of what they limit can be asked for: runtimes refuse it, and device rules with it. */
export function withoutCgroups({ linux, ...spec }: OciSpec): OciSpec {
  const { resources: _, cgroupsPath: __, ...rest } = linux ?? {};
  return { ...spec, linux: rest };
}
