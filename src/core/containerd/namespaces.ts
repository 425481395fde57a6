// Namespaces of sandbox and container. Paths hold placeholders: nobody knows the sandbox's process before it runs.
// @see containerd v2.1.9 internal/cri/opts/spec_opts.go WithPodNamespaces, WithoutNamespace; pkg/oci/spec_opts.go WithUserNamespace
import type { OciIDMapping, OciNamespace } from "../model/oci.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { applyOpts, change, type SpecOpt } from "./specDraft.ts";

type NamespaceType = OciNamespace["type"];
interface IDs {
  readonly uids: readonly OciIDMapping[];
  readonly gids: readonly OciIDMapping[];
}

/** Network, IPC and UTS always come from the sandbox, whatever the container asks for; a PID namespace of its own only with CONTAINER. */
export function withPodNamespaces(sc: CriSecurityContext, userns: IDs | undefined): SpecOpt {
  const opts = [join("network", "net"), join("ipc", "ipc"), join("uts", "uts")];
  if (sc.pid !== "CONTAINER") {
    opts.push(join("pid", "pid", sc.pid === "TARGET" ? "<TARGET_PID>" : "<SANDBOX_PID>"));
  }
  if (userns !== undefined) opts.push(join("user", "user"), withUserNamespace(userns));
  return (draft) => applyOpts(draft, opts);
}

function join(type: NamespaceType, file: string, pid = "<SANDBOX_PID>"): SpecOpt {
  return withLinuxNamespace({ type, path: `/proc/${pid}/ns/${file}` });
}

/** Takes the place of the one of its type, or the end of the list. */
export function withLinuxNamespace(namespace: OciNamespace): SpecOpt {
  return change(({ linux }) => {
    const at = linux.namespaces.findIndex((given) => given.type === namespace.type);
    if (at === -1) linux.namespaces.push(namespace);
    else linux.namespaces[at] = namespace;
  });
}

export function withoutNamespace(type: NamespaceType): SpecOpt {
  return change(({ linux }) => {
    linux.namespaces = linux.namespaces.filter((given) => given.type !== type);
  });
}

export function withUserNamespace({ uids, gids }: IDs): SpecOpt {
  return change(({ linux }) => {
    if (!linux.namespaces.some((given) => given.type === "user")) {
      linux.namespaces.push({ type: "user" });
    }
    linux.uidMappings.push(...uids);
    linux.gidMappings.push(...gids);
  });
}
