// The interface and address by which this machine reaches others: what a pod's user-mode network is a copy of.
import { networkInterfaces } from "node:os";
import { textIfThere } from "./ifThere.ts";

export interface DefaultRoute {
  readonly interface: string;
  /** IPv4. */
  readonly address: string;
}

/** undefined on a machine without a default route or without an address there. */
export function defaultRoute(
  table: string = textIfThere("/proc/net/route"),
): DefaultRoute | undefined {
  const name = interfaceOf(table);
  if (name === undefined) return undefined;
  const found = networkInterfaces()[name]?.find(({ family }) => family === "IPv4");
  return found === undefined ? undefined : { interface: name, address: found.address };
}

/** @param table text of /proc/net/route: interface, destination, gateway, flags, …, metric, mask, … */
export function interfaceOf(table: string): string | undefined {
  const rows = table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  const [best] = rows
    .filter(([, destination, , , , , , mask]) => destination === ZERO && mask === ZERO)
    .sort((one, other) => Number(one[6]) - Number(other[6]));
  return best?.[0];
}

const ZERO = "00000000";
