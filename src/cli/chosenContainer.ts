// The container of a pod in the background that a command is about, and what kubectl says when it was not named.
import { goQuote } from "../core/rules/goText.ts";
import { allContainerNames, type FoundPod, findContainer } from "../lifecycle/detachedPods.ts";

/**
 * @throws EngineError when the pod has no such container
 * @see kubernetes v1.37.2 staging/src/k8s.io/kubectl/pkg/cmd/util/podcmd/podcmd.go FindOrDefaultContainerByName
 */
export function chosenContainer(pod: FoundPod, named: string | undefined): string {
  const container = findContainer(pod, named);
  if (named === undefined && pod.containers.length > 1) {
    console.error(`Defaulted container ${goQuote(container)} out of: ${allContainerNames(pod)}`);
  }
  return container;
}
