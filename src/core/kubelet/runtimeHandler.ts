// Which handler of the runtime runs a pod, by its RuntimeClass, and what that handler can do.
import type { World } from "../model/world.ts";
import { goQuote } from "../rules/goText.ts";
import type { Refusal } from "./outcome.ts";

/** `name` is "" for the runtime's default handler. */
export interface RuntimeHandler {
  readonly name: string;
  readonly userns: boolean;
  readonly recursiveReadOnlyMounts: boolean;
}

/**
 * A world that lists no RuntimeClasses has every class asked for, with a handler of the class's name and the
 * runtime's own features.
 * @see kubernetes v1.37.2 pkg/kubelet/runtimeclass/runtimeclass_manager.go LookupRuntimeHandler
 */
export function lookupRuntimeHandler(
  runtimeClassName: string,
  world: World,
): RuntimeHandler | Refusal {
  const { features, classes } = world.runtime;
  const userns = features?.userns ?? false;
  const recursiveReadOnlyMounts = features?.recursiveReadOnlyMounts ?? false;
  if (runtimeClassName === "") return { name: "", userns, recursiveReadOnlyMounts };
  if (classes === undefined) return { name: runtimeClassName, userns, recursiveReadOnlyMounts };
  const found = Object.hasOwn(classes, runtimeClassName) ? classes[runtimeClassName] : undefined;
  if (found === undefined) {
    return {
      refusal: `runtimeclass.node.k8s.io ${goQuote(runtimeClassName)} not found`,
      gate: "lookupRuntimeHandler",
      path: ["spec", "runtimeClassName"],
    };
  }
  return {
    name: found.handler,
    userns: found.features?.userns ?? userns,
    recursiveReadOnlyMounts: found.features?.recursiveReadOnlyMounts ?? recursiveReadOnlyMounts,
  };
}
