// What a container executes: the pod's command over the image's, environments joined, as kubelet and containerd do it.
import type { Container } from "../core/model/pod.ts";
import type { ContainerRequest } from "../engines/engine.ts";
import type { ImageConfig } from "../images/image.ts";
import { expand } from "./expand.ts";

const DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * `command` replaces the image's ENTRYPOINT and CMD, `args` its CMD. A container without either has no arguments.
 * @see kubernetes v1.37.2 pkg/kubelet/container/helpers.go ExpandContainerCommandAndArgs
 * @see containerd v2.1.9 internal/cri/opts/spec_opts.go WithProcessArgs
 */
export function containerProcess(
  container: Container,
  image: ImageConfig,
  {
    environment,
    hostname,
  }: {
    readonly environment: ReadonlyMap<string, string>;
    readonly hostname: string;
  },
): ContainerRequest["process"] {
  const lookup = (name: string): string | undefined => environment.get(name);
  const command = (container.command ?? []).map((word) => expand(word, lookup));
  const words = (container.args ?? []).map((word) => expand(word, lookup));
  const terminal = container.tty === true;
  const args =
    command.length > 0
      ? [...command, ...words]
      : [...image.entrypoint, ...(words.length > 0 ? words : image.cmd)];
  return {
    args,
    env: joinEnvironments([
      [DEFAULT_PATH],
      image.env,
      terminal ? ["TERM=xterm"] : [],
      [`HOSTNAME=${hostname}`],
      [...environment].map(([name, value]) => `${name}=${value}`),
    ]),
    cwd: container.workingDir || image.workingDir || "/",
    terminal,
    stdin: container.stdin === true,
    stdinOnce: container["stdinOnce"] === true,
  };
}

/** A later value takes the place of the earlier one. */
function joinEnvironments(parts: readonly (readonly string[])[]): string[] {
  const joined = new Map<string, string>();
  for (const variable of parts.flat()) {
    const [name = ""] = variable.split("=", 1);
    joined.set(name, variable);
  }
  return [...joined.values()];
}
