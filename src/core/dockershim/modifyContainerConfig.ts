// Who the container runs as: Docker's Config.User out of CRI's user, user name and group.
import type { DockerConfig } from "../model/docker.ts";
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";

export type ConfigOrError =
  | { readonly config: DockerConfig; readonly error?: undefined }
  | { readonly error: string };

/**
 * The name wins over the number; a group needs either.
 * @see kubernetes v1.23.17 pkg/kubelet/dockershim/security_context.go modifyContainerConfig
 */
export function modifyContainerConfig(sc: CriSecurityContext): ConfigOrError {
  const user = sc.runAsUsername !== "" ? sc.runAsUsername : (sc.runAsUser ?? "");
  if (sc.runAsGroup === undefined) return { config: { User: user } };
  if (user === "") return { error: "runAsGroup is specified without a runAsUser" };
  return { config: { User: `${user}:${sc.runAsGroup}` } };
}
