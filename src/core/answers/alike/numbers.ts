// Ports and ids of a workload, each with its stand-in: equal numbers have equal stand-ins, and ids the same order.
export interface Numbers {
  ofPort(port: number): number;
  ofId(id: number): number;
  /** Does `text` hold the stand-ins that were given out, and no other number that looks like one? */
  areAllIn(text: string): boolean;
  /** What a stand-in stands for. */
  actual(standIn: number): number;
}

/** No number from here on is given a stand-in. */
const FIRST = 61_000;
/** From here on they stay as they are. */
export const FIRST_KEPT: number = FIRST - 1_000;
export const UNPRIVILEGED = 1024;
const PORTS = FIRST;
const IDS = 62_000;
const MOST = 1_000;
const STAND_INS = /(?<![\d.])6[12]\d{3}(?![\d.])/g;

/** @param ids all that the workload names; undefined where they stay as they are */
export function numbersOf(ids: readonly number[] | undefined): Numbers {
  const ports: number[] = [];
  const sorted = [...new Set(ids ?? [])].sort((a, b) => a - b);
  const keepsIds = ids === undefined || sorted.some((id) => id !== 0 && !isFree(id, 1));
  let given = 0;
  return {
    ofPort(port) {
      if (!isFree(port, UNPRIVILEGED)) return port;
      given += 1;
      const index = ports.indexOf(port);
      if (index === -1) ports.push(port);
      return PORTS + (index === -1 ? ports.length - 1 : index);
    },
    ofId(id) {
      const index = sorted.indexOf(id);
      // One that the API server cannot read is none of them.
      if (keepsIds || id === 0 || index === -1) return id;
      given += 1;
      return IDS + index;
    },
    areAllIn(text) {
      if (ports.length >= MOST || sorted.length >= MOST) return false;
      return (text.match(STAND_INS)?.length ?? 0) === given;
    },
    actual(standIn) {
      const known = standIn >= IDS ? sorted[standIn - IDS] : ports[standIn - PORTS];
      return known ?? standIn;
    },
  };
}

function isFree(number: number, from: number): boolean {
  return Number.isInteger(number) && number >= from && number < FIRST_KEPT;
}
