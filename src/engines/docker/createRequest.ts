// The bodies of POST /containers/create: dockershim's documents, which decide all that bears on security, and what else a container needs.
// @see kubernetes v1.23.17 pkg/kubelet/dockershim/docker_container.go CreateContainer, docker_sandbox.go makeSandboxDockerConfig
import type { DockerConfig, HostConfig } from "../../core/model/docker.ts";
import type { ContainerMount, ContainerRequest, DockerRequest, SandboxRequest } from "../engine.ts";

export interface CreateRequest extends DockerConfig {
  readonly HostConfig: HostConfig;
}

/** Label of all that secctx makes: the pod's id, which tells its owner. */
export const POD_LABEL = "secctx.pod";

/** dockershim's word for the sandbox's id in its documents. */
const SANDBOX = "container:<sandbox>";

export function sandboxBody(
  request: SandboxRequest,
  { config, hostConfig }: DockerRequest,
  image: string,
): CreateRequest {
  const hasHostname = hostConfig.NetworkMode !== "host";
  return {
    ...config,
    ...(hasHostname ? { Hostname: request.hostname } : {}),
    Image: image,
    Labels: { [POD_LABEL]: request.id },
    HostConfig: hostConfig,
  };
}

export function containerBody(
  request: ContainerRequest,
  { config, hostConfig }: DockerRequest,
  place: {
    readonly image: string;
    readonly sandbox: string;
    readonly pod: string;
    readonly idOf: (container: string) => string | undefined;
  },
): CreateRequest {
  const { args, env, cwd, terminal, stdin, stdinOnce } = request.process;
  const join = (mode: string | undefined): string | undefined =>
    mode === SANDBOX ? `container:${place.sandbox}` : joinTarget(mode, place.idOf);
  return {
    ...config,
    // One list: the image's own entry point is in it already.
    Entrypoint: [...args],
    Cmd: [],
    Env: [...env],
    WorkingDir: cwd,
    Image: place.image,
    Tty: terminal,
    OpenStdin: stdin,
    StdinOnce: stdinOnce,
    AttachStdin: stdin,
    AttachStdout: true,
    AttachStderr: true,
    Labels: { [POD_LABEL]: place.pod },
    Healthcheck: { Test: ["NONE"] },
    HostConfig: {
      ...hostConfig,
      ...withoutUndefined({
        NetworkMode: join(hostConfig.NetworkMode),
        IpcMode: join(hostConfig.IpcMode),
        PidMode: join(hostConfig.PidMode),
      }),
      Binds: request.mounts.map(toBind),
    },
  };
}

/** The document names the container that it joins; the daemon wants its id. */
function joinTarget(
  mode: string | undefined,
  idOf: (container: string) => string | undefined,
): string | undefined {
  const [, name] = /^container:(.+)$/.exec(mode ?? "") ?? [];
  const id = name === undefined ? undefined : idOf(name);
  return id === undefined ? mode : `container:${id}`;
}

function withoutUndefined(modes: Readonly<Record<string, string | undefined>>): HostConfig {
  return Object.fromEntries(Object.entries(modes).filter(([, mode]) => mode !== undefined));
}

const PROPAGATION: Readonly<Record<string, string>> = {
  PROPAGATION_BIDIRECTIONAL: "rshared",
  PROPAGATION_HOST_TO_CONTAINER: "rslave",
};

/** @see kubernetes v1.23.17 pkg/kubelet/dockershim/helpers.go generateMountBindings */
function toBind(mount: ContainerMount): string {
  const propagation = PROPAGATION[mount.propagation ?? ""];
  const words: string[] = [];
  if (mount.readonly === true) words.push("ro");
  if (mount.selinux_relabel === true) words.push("Z");
  if (propagation !== undefined) words.push(propagation);
  const bind = `${mount.host_path}:${mount.container_path}`;
  return words.length === 0 ? bind : `${bind}:${words.join(",")}`;
}
