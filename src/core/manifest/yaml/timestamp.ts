// Which texts `!!timestamp` takes: those that Go's time.Parse reads in one of go-yaml's four layouts.

const FRACTION = "(?:[.,][0-9]+)?";
const TIMESTAMP = new RegExp(
  "^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" +
    `(?:([Tt ])([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})${FRACTION}` +
    "(Z|[-+]([0-9]{2}):([0-9]{2}))?)?$",
);
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** @see go.yaml.in/yaml v2.4.4 resolve.go parseTimestamp */
export function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [, year, month, day, separator, hour, minute, second, zone, zoneHour, zoneMinute] = match;
  if (separator !== undefined && (separator === " ") !== (zone === undefined)) return false;
  const days = daysOf(Number(year), Number(month));
  const inMonth = Number(day) >= 1 && Number(day) <= days;
  const inDay = upTo(hour, 23) && upTo(minute, 59) && upTo(second, 59);
  return inMonth && inDay && upTo(zoneHour, 24) && upTo(zoneMinute, 60);
}

function upTo(digits: string | undefined, most: number): boolean {
  return digits === undefined || Number(digits) <= most;
}

function daysOf(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}
