// Which namespaces a sandbox or container joins, in Docker's modes.
// @see kubernetes v1.23.17 pkg/kubelet/dockershim/security_context.go
import type { HostConfig } from "../model/docker.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";

type Modes = Pick<HostConfig, "NetworkMode" | "PidMode" | "IpcMode" | "UTSMode">;

/** Stands for the id that the daemon gives the sandbox. */
export const SANDBOX = "container:<sandbox>";

/** `shareable` lets the containers join. @see modifySandboxNamespaceOptions, docker_sandbox.go makeSandboxDockerConfig */
export function modifySandboxNamespaceOptions(sc: CriSecurityContext): Modes {
  return {
    NetworkMode: sc.network === "NODE" ? "host" : "default",
    PidMode: sc.pid === "NODE" ? "host" : "",
    IpcMode: sc.ipc === "NODE" ? "host" : "shareable",
    UTSMode: "",
  };
}

/** Network and IPC are always the sandbox's, also the host's through it. @see modifyContainerNamespaceOptions */
export function modifyContainerNamespaceOptions(sc: CriSecurityContext): Modes {
  return {
    NetworkMode: SANDBOX,
    PidMode: pidMode(sc),
    IpcMode: SANDBOX,
    UTSMode: sc.network === "NODE" ? "host" : "",
  };
}

function pidMode({ pid, targetId }: CriSecurityContext): string {
  if (pid === "NODE") return "host";
  if (pid === "POD") return SANDBOX;
  return pid === "TARGET" ? `container:${targetId}` : "";
}
