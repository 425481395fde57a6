// The OCI runtime's config.json: the room's spec, which decides all that bears on security, with this machine's places in it.
import type { OciMount, OciNamespace, OciProcess, OciSpec } from "../../core/model/oci.ts";
import { cleanPath } from "../../core/rules/paths.ts";
import type { ContainerMount, ContainerRequest } from "../engine.ts";
import type { IdMaps } from "./userNamespace.ts";

/** What only the machine that runs the container knows. */
export interface Places {
  readonly rootfs: string;
  /** undefined: the container stays in the control groups of secctx. */
  readonly cgroupsPath: string | undefined;
  /** Path of each namespace of the sandbox, for containers that join it. */
  readonly namespaces: Readonly<Partial<Record<OciNamespace["type"], string>>>;
  /** Source on this host by destination: the sandbox's own files. */
  readonly files: Readonly<Record<string, string>>;
  /** With a user namespace: the files of mounts that the room was not told of appear as the pod's too. */
  readonly ids: IdMaps | undefined;
  readonly hooks?: OciSpec["hooks"];
}

/** Every OCI runtime in use knows it; containerd writes newer ones, which an older crun refuses. */
const OCI_VERSION = "1.0.2";

/** `spec` is the answer of the runtime's room; nothing in it is weakened or added but what is told in `places`. */
export function toBundle(spec: OciSpec, request: ContainerRequest, places: Places): OciSpec {
  const { args, env, cwd, terminal } = request.process;
  return {
    ...spec,
    ociVersion: OCI_VERSION,
    process: { ...spec.process, args, env, cwd, terminal, ...consoleSize(request) },
    root: { ...spec.root, path: places.rootfs },
    mounts: placeMounts(spec.mounts ?? [], request.mounts, places),
    ...(places.hooks === undefined ? {} : { hooks: places.hooks }),
    linux: {
      ...spec.linux,
      ...(places.cgroupsPath === undefined ? {} : { cgroupsPath: places.cgroupsPath }),
      namespaces: (spec.linux?.namespaces ?? []).map((namespace) => join(namespace, places)),
    },
  };
}

function consoleSize({
  process: told,
  attached,
}: ContainerRequest): Pick<OciProcess, "consoleSize"> {
  if (!told.terminal || attached?.size === undefined) return {};
  const { rows, columns } = attached.size;
  return { consoleSize: { height: rows, width: columns } };
}

/** A path in the room's spec means "the sandbox's"; which path that is, only the machine knows. */
function join(namespace: OciNamespace, { namespaces }: Places): OciNamespace {
  if ((namespace.path ?? "") === "") return { type: namespace.type };
  const path = namespaces[namespace.type];
  return path === undefined ? { type: namespace.type } : { type: namespace.type, path };
}

/** The room knows destinations and options, this machine the sources; what the room was not told of comes last. */
function placeMounts(
  mounts: readonly OciMount[],
  volumes: readonly ContainerMount[],
  { files, ids }: Places,
): OciMount[] {
  const sources = new Map<string, string>(Object.entries(files));
  for (const volume of volumes) sources.set(cleanPath(volume.container_path), volume.host_path);
  const placed = mounts.map((mount) => {
    const source = sources.get(cleanPath(mount.destination));
    return source === undefined ? mount : { ...mount, source };
  });
  const known = new Set(mounts.map((mount) => cleanPath(mount.destination)));
  for (const volume of volumes) {
    if (!known.has(cleanPath(volume.container_path))) placed.push(bind(volume, ids));
  }
  return placed;
}

function bind(volume: ContainerMount, ids: IdMaps | undefined): OciMount {
  return {
    destination: volume.container_path,
    type: "bind",
    source: volume.host_path,
    options: ["rbind", "rprivate", volume.readonly === true ? "ro" : "rw"],
    ...(ids === undefined ? {} : { uidMappings: ids.uids, gidMappings: ids.gids }),
  };
}
