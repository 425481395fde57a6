// CRI's resources in the OCI spec, as containerd puts them there.
import type { LinuxContainerResources } from "../model/cri.ts";
import type { OciSpec } from "../model/oci.ts";

/**
 * @param hasSwap the node counts swap by cgroup; a container then gets none beyond its memory
 * @see containerd v2.1.9 internal/cri/opts/spec_linux_opts.go WithResources, WithOOMScoreAdj
 */
export function withResources(
  spec: OciSpec,
  resources: LinuxContainerResources,
  { hasSwap }: { readonly hasSwap: boolean },
): OciSpec {
  const number = (text: string | undefined): number | undefined =>
    text === undefined || text === "0" ? undefined : Number(text);
  const limit = number(resources.memory_limit_in_bytes);
  const cpu = withoutUndefined({
    shares: number(resources.cpu_shares),
    quota: number(resources.cpu_quota),
    period: number(resources.cpu_period),
    cpus: resources.cpuset_cpus,
    mems: resources.cpuset_mems,
  });
  const memory = withoutUndefined({ limit, swap: hasSwap ? limit : undefined });
  const { unified } = resources;
  return {
    ...spec,
    process: { ...spec.process, oomScoreAdj: Number(resources.oom_score_adj ?? 0) },
    linux: {
      ...spec.linux,
      resources: {
        ...spec.linux?.resources,
        ...{ cpu, memory },
        ...(unified === undefined ? {} : { unified }),
      },
    },
  };
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** What a runtime without CAP_SYS_RESOURCE can give. @see containerd v2.1.9 internal/cri/server/helpers_linux.go restrictOOMScoreAdj */
export function restrictOOMScoreAdj(preferred: number, current: number): number {
  return Math.max(preferred, current);
}
