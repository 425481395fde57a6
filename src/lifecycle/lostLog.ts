// Own words about a container that wrote faster than its runtime's log could be read: what is missing, and where.
import type { ContainerRecord } from "./containerRecord.ts";

const MIB = 1024 * 1024;
const WHY = "it came faster than it could be read";

/** In the place of what is missing. */
export function lostLogHere(bytes: number): string {
  return `${sizeText(bytes)} of the runtime's log are missing here: ${WHY}`;
}

/** One sentence for each container that something is missing of. */
export function lostLogNotes(
  records: readonly Pick<ContainerRecord, "at" | "lostLog">[],
): string[] {
  return records
    .filter(({ lostLog }) => lostLog > 0)
    .map(({ at, lostLog }) => {
      return `of the logs of ${at.container.name} ${sizeText(lostLog)} (as the runtime writes them) are missing: ${WHY}`;
    });
}

function sizeText(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / MIB))} MiB`;
}
