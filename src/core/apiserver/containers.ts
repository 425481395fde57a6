// Visits every container of a pod spec in the server's order: init, regular, ephemeral.
// @see kubernetes v1.37.2 pkg/apis/core/pods/helpers.go VisitContainersWithPath
import type { Container, PodSpec } from "../model/pod.ts";
import { child, indexed, type Path } from "./path.ts";

export const CONTAINER_LISTS = ["initContainers", "containers", "ephemeralContainers"] as const;

/** `path` makes the container's path: only what is wrong needs one. */
export function visitContainers(
  spec: PodSpec,
  specPath: Path | undefined,
  visit: (container: Container, path: () => Path) => void,
): void {
  for (const list of CONTAINER_LISTS) {
    spec[list]?.forEach((container, index) => {
      visit(container, () => indexed(child(specPath, list), index));
    });
  }
}
