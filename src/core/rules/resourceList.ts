// Resource lists of containers and pods: exact amounts by name, and the sums that requests and limits need.
import type { JsonObject, JsonValue } from "../model/json.ts";
import { milliUnits, type Nano, parseQuantity, wholeUnits } from "./quantity.ts";

/** By the resource's name: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, … */
export type ResourceList = ReadonlyMap<string, Nano>;

export interface Requirements {
  readonly requests: ResourceList;
  readonly limits: ResourceList;
}

/**
 * What is limited and not requested is requested as it is limited. What is no quantity is left out: the API server
 * refuses it.
 * @see kubernetes v1.37.2 pkg/apis/core/v1/defaults.go SetDefaults_Pod
 */
export function requirementsOf(resources: JsonObject | undefined): Requirements {
  const limits = listOf(resources?.["limits"]);
  return { requests: new Map([...limits, ...listOf(resources?.["requests"])]), limits };
}

function listOf(value: JsonValue | undefined): ResourceList {
  const list = new Map<string, Nano>();
  for (const [name, amount] of Object.entries((value ?? {}) as JsonObject)) {
    const nano = parseQuantity(String(amount));
    if (nano !== undefined) list.set(name, nano);
  }
  return list;
}

export function addLists(a: ResourceList, b: ResourceList): ResourceList {
  return joinLists(a, b, (one, other) => one + other);
}

/** Of each resource the larger amount. */
export function maxLists(a: ResourceList, b: ResourceList): ResourceList {
  return joinLists(a, b, (one, other) => (one > other ? one : other));
}

function joinLists(
  a: ResourceList,
  b: ResourceList,
  join: (one: Nano, other: Nano) => Nano,
): ResourceList {
  const joined = new Map(a);
  for (const [name, amount] of b) {
    const known = joined.get(name);
    joined.set(name, known === undefined ? amount : join(known, amount));
  }
  return joined;
}

/** Thousandths of a CPU; 0 where it has none. */
export function milliCpu(list: ResourceList): number {
  return Number(milliUnits(list.get("cpu") ?? 0n));
}

/** 0 where it has none. */
export function memoryBytes(list: ResourceList): number {
  return Number(wholeUnits(list.get("memory") ?? 0n));
}
