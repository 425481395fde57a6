// How the checks put names and values into a sentence.
import { sortedSet } from "../rules/goText.ts";
import type { ContainerView } from "./podView.ts";

/**
 * `"a", "b"`; quotes are put around, nothing is escaped.
 * @see pod-security-admission v0.37.2 policy/helpers.go joinQuote
 */
export function joinQuote(items: readonly string[]): string {
  return items.length === 0 ? "" : `"${items.join('", "')}"`;
}

/** Each item once, in Go's order, quoted. */
export function joinQuoteSet(items: readonly string[]): string {
  return joinQuote(sortedSet(items));
}

/** @see pod-security-admission v0.37.2 policy/helpers.go pluralize */
export function pluralize(singular: string, plural: string, count: number): string {
  return count === 1 ? singular : plural;
}

/** `container "a"` or `containers "a", "b"`. */
export function nameContainers(containers: readonly ContainerView[]): string {
  const names = containers.map((view) => view.name);
  return `${pluralize("container", "containers", names.length)} ${joinQuote(names)}`;
}

/** `pod`, `container "a"`, or both with `and` between. */
export function nameSetters(pod: boolean, containers: readonly ContainerView[]): string {
  if (containers.length === 0) return "pod";
  return pod ? `pod and ${nameContainers(containers)}` : nameContainers(containers);
}
