// Remarks on capability names: containerd does not look at them, and runc ignores what the kernel does not know.
import type { World } from "../model/world.ts";
import { isKernelCapability } from "../rules/hostCapabilities.ts";
import { isAll, specName } from "./capabilities.ts";
import type { Remark, Remarkable } from "./findings.ts";

const FIELD = { field: "capabilities" } as const;
const PATH = ["securityContext", "capabilities"] as const;

export function capabilityFindings({ sc, facts }: Remarkable): Remark[] {
  if (sc.capabilities === undefined) return [];
  const {
    add_capabilities: add,
    drop_capabilities: drop,
    add_ambient_capabilities: ambient,
  } = sc.capabilities;
  if (sc.privileged) return add.length + drop.length > 0 ? [PRIVILEGED] : [];
  const { world } = facts;
  const remarks: Remark[] = [];
  for (const [index, name] of add.entries()) {
    if (isAll(name) || isKernelCapability(specName(name), world)) continue;
    remarks.push({
      id: "unknownCapability",
      severity: "warning",
      ...FIELD,
      path: [...PATH, "add", index],
      message: `${whatBecomes(name, world)}: nothing is added`,
    });
  }
  for (const [index, name] of drop.entries()) {
    const path = [...PATH, "drop", index];
    if (!isAll(name) && !isKernelCapability(specName(name), world)) {
      const message = `${whatBecomes(name, world)}: nothing is dropped`;
      remarks.push({ id: "dropsNothing", severity: "warning", ...FIELD, path, message });
    } else if (add.some((other) => other.toUpperCase() === name.toUpperCase())) {
      const message = isAll(name)
        ? "drop ALL comes after add ALL: what is left are the capabilities added by name"
        : `${name} is added and dropped: drop wins`;
      remarks.push({ id: "dropWins", severity: "note", ...FIELD, path, message });
    }
  }
  if (ambient.length > 0) remarks.push(AMBIENT);
  return remarks;
}

function whatBecomes(name: string, world: World): string {
  const becomes = JSON.stringify(specName(name));
  const meant = name.toUpperCase();
  return isKernelCapability(meant, world)
    ? `containerd puts "CAP_" in front of every name, so ${JSON.stringify(name)} becomes ${becomes} (write ${meant.slice(4)})`
    : `${becomes} is no capability of this kernel`;
}

const PRIVILEGED: Remark = {
  id: "privilegedIgnoresCapabilities",
  severity: "note",
  ...FIELD,
  path: PATH,
  message:
    "a privileged container has every capability of the runtime, whatever is added or dropped",
};

const AMBIENT: Remark = {
  id: "ambientIgnored",
  severity: "warning",
  ...FIELD,
  path: PATH,
  message: "containerd ignores ambient capabilities: none are set",
};
