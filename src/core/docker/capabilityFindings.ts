// Remarks on capabilities: what is added wins over what is dropped, and privileged over both.
import { ALL, normalized } from "./capabilities.ts";
import type { Remark, Remarkable } from "./findings.ts";

const FIELD = { field: "capabilities" } as const;
const PATH = ["securityContext", "capabilities"] as const;

export function capabilityFindings({ request }: Remarkable): Remark[] {
  const { capAdd, capDrop, privileged } = request;
  if (privileged) return capAdd.length + capDrop.length > 0 ? [PRIVILEGED] : [];
  const added = capAdd.map(normalized);
  const addsAll = added.includes(ALL);
  const remarks: Remark[] = [];
  for (const [index, written] of capDrop.entries()) {
    const name = normalized(written);
    // Of all that are added a dropped one is taken out, even when it is named twice.
    if (!added.includes(name) || (addsAll && name !== ALL)) continue;
    const message =
      name === ALL
        ? "ALL is added and dropped: dockerd adds all, whatever order they are written in"
        : `${written} is added and dropped: with dockerd the container has it`;
    const path = [...PATH, "drop", index];
    remarks.push({ id: "addWins", severity: "warning", ...FIELD, path, message });
  }
  return remarks;
}

const PRIVILEGED: Remark = {
  id: "privilegedIgnoresCapabilities",
  severity: "note",
  ...FIELD,
  path: PATH,
  message:
    "a privileged container has every capability of the daemon, whatever is added or dropped",
};
