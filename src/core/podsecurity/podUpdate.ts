// Whether a change of a pod is one that Pod Security admission judges: a new container or another image.
import type { Pod } from "../model/pod.ts";
import { type ContainerView, type PodView, textOf, viewPod } from "./podView.ts";

/** @see pod-security-admission v0.37.2 admission/admission.go isSignificantPodUpdate */
export function isSignificantPodUpdate(pod: Pod, oldPod: Pod): boolean {
  const view = viewPod(pod);
  const old = viewPod(oldPod);
  return (
    areReplaced(view, old, "containers") ||
    areReplaced(view, old, "initContainers") ||
    ofList(view, "ephemeralContainers").some((container) => {
      const same = ofList(old, "ephemeralContainers").find(({ name }) => name === container.name);
      return same === undefined || imageOf(container) !== imageOf(same);
    })
  );
}

function areReplaced(view: PodView, old: PodView, list: ContainerView["list"]): boolean {
  const now = ofList(view, list);
  const before = ofList(old, list);
  if (now.length !== before.length) return true;
  return now.some((container, index) => imageOf(container) !== imageOf(before[index]));
}

function ofList(view: PodView, list: ContainerView["list"]): ContainerView[] {
  return view.containers.filter((container) => container.list === list);
}

function imageOf(view: ContainerView | undefined): string {
  return textOf(view?.container.image);
}
