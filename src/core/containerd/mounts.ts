// The mounts of a container: the default ones, cgroups, and those of the request with containerd's own, outer paths first.
// @see containerd v2.1.9 internal/cri/opts/spec_linux_opts.go withMounts
import type { CriMount, IDMapping } from "../model/cri.ts";
import type { OciMount } from "../model/oci.ts";
import { readMapping } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";
import { cleanPath } from "../rules/paths.ts";
import type { Facts } from "./facts.ts";
import { relabel } from "./relabel.ts";
import type { SpecDraft, SpecOpt } from "./specDraft.ts";
import { toOciMapping } from "./userNamespace.ts";

const CGROUP: OciMount = {
  destination: "/sys/fs/cgroup",
  type: "cgroup",
  source: "cgroup",
  options: ["nosuid", "noexec", "nodev", "relatime", "ro"],
};

/** `mounts`: those of the request, then containerd's own. A default mount gives way to one of the same place; with one on /dev all below it do. */
export function withMounts(mounts: readonly CriMount[], mountLabel: string, facts: Facts): SpecOpt {
  return (draft) => {
    const placed = mounts.map((mount) => {
      const place = cleanPath(mount.container_path);
      return { mount, place, depth: depthOf(place) };
    });
    placed.sort((a, b) => a.depth - b.depth);
    const isTaken = (path: string) => placed.some(({ place }) => place === path);
    const hasDev = isTaken("/dev");
    draft.mounts = [...draft.mounts, CGROUP].filter(
      ({ destination }) => !(isTaken(destination) || (hasDev && destination.startsWith("/dev/"))),
    );
    for (const { mount } of placed) {
      const error = addMount(draft, mount, mountLabel, facts);
      if (error !== undefined) return error;
    }
    return undefined;
  };
}

function depthOf(path: string): number {
  let depth = 0;
  for (let at = 0; at < path.length; at += 1) if (path.charCodeAt(at) === SLASH) depth += 1;
  return depth;
}

const SLASH = 47;

function addMount(
  draft: SpecDraft,
  mount: CriMount,
  mountLabel: string,
  facts: Facts,
): string | undefined {
  const source = mount.host_path ?? "";
  const write = writeOption(mount, facts);
  if ("error" in write) return write.error;
  if (mount.selinux_relabel === true) {
    const error = relabel(source, mountLabel, facts);
    if (error !== undefined) {
      return `relabel ${goQuote(source)} with ${goQuote(mountLabel)} failed: ${error}`;
    }
  }
  const { uidMappings: uids = [], gidMappings: gids = [] } = mount;
  const isMapped = uids.length > 0 || gids.length > 0;
  const { idmapMounts } = facts.release;
  if (isMapped && idmapMounts === "refused") {
    return `idmap mounts not yet supported, but they were requested for: ${goQuote(source)}`;
  }
  const options = ["rbind", propagation(draft, mount), write.option];
  const bind = { destination: mount.container_path, type: "bind", source, options };
  draft.mounts.push(isMapped && idmapMounts === "applied" ? idMapped(bind, uids, gids) : bind);
  return undefined;
}

function idMapped(
  bind: OciMount,
  uids: readonly IDMapping[],
  gids: readonly IDMapping[],
): OciMount {
  const toOci = (line: IDMapping) => toOciMapping(readMapping(line));
  return {
    ...bind,
    ...(uids.length > 0 ? { uidMappings: uids.map(toOci) } : {}),
    ...(gids.length > 0 ? { gidMappings: gids.map(toOci) } : {}),
  };
}

/** The root filesystem propagates at least as far as its mounts. */
function propagation({ linux }: SpecDraft, mount: CriMount): string {
  switch (mount.propagation) {
    case "PROPAGATION_BIDIRECTIONAL":
      linux.rootfsPropagation = "rshared";
      return "rshared";
    case "PROPAGATION_HOST_TO_CONTAINER":
      if (linux.rootfsPropagation !== "rshared") linux.rootfsPropagation = "rslave";
      return "rslave";
    default:
      return "rprivate";
  }
}

/** Read-only with what is mounted below it: only where the runtime can, and only for private mounts. */
function writeOption(
  mount: CriMount,
  { release, world }: Facts,
): { readonly option: string } | { readonly error: string } {
  const readonly = mount.readonly === true;
  if (mount.recursive_read_only !== true || !release.recursiveReadOnly) {
    return { option: readonly ? "ro" : "rw" };
  }
  const where = `(hostPath=${goQuote(mount.host_path ?? "")})`;
  if (!readonly) return { error: `recursive read-only mount conflicts with RW mount ${where}` };
  if (world.runtime.features?.recursiveReadOnlyMounts !== true) {
    return {
      error: `RROUnsupported: runtime handler does not support recursive read-only mounts ${where}`,
    };
  }
  const { propagation: asked = "PROPAGATION_PRIVATE" } = mount;
  if (asked === "PROPAGATION_PRIVATE") return { option: "rro" };
  return {
    error: `recursive read-only mount needs private propagation, got ${goQuote(asked)} ${where}`,
  };
}
