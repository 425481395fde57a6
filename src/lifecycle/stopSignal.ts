// The signal that asks a container to end: the image's STOPSIGNAL, by name or number.
import { constants } from "node:os";

const SIGNALS: Readonly<Record<string, number>> = constants.signals;

/** `SIGTERM` where the image has none or an unknown one. */
export function stopSignal(told: string | undefined): NodeJS.Signals {
  if (told === undefined || told === "") return "SIGTERM";
  const name = told.toUpperCase().startsWith("SIG")
    ? told.toUpperCase()
    : `SIG${told.toUpperCase()}`;
  if (Object.hasOwn(SIGNALS, name)) return name as NodeJS.Signals;
  const found = Object.entries(SIGNALS).find(([, number]) => String(number) === told);
  return (found?.[0] ?? "SIGTERM") as NodeJS.Signals;
}
