// The time zone of a CronJob's schedule.
// @see kubernetes v1.37.2 pkg/apis/batch/validation/validation.go validateTimeZone
import { goJsonString } from "../../../rules/goJson.ts";
import { isTimeZone } from "../../../tables/timeZones.ts";
import { type FieldErrors, invalid } from "../../fieldError.ts";
import type { Path } from "../../path.ts";

const IS_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;
const NO_PARTS: readonly string[] = [".", ".."];

export function validateTimeZone(errors: FieldErrors, path: Path, zone: string): void {
  const refuse = (detail: string): void => invalid(errors, path, goJsonString(zone), detail);
  if (zone === "") {
    refuse("timeZone must be nil or non-empty string");
    return;
  }
  const isPart = (part: string): boolean =>
    IS_PART.test(part) && !NO_PARTS.includes(part) && !part.startsWith("-");
  if (!zone.split("/").every(isPart)) {
    refuse(`unknown time zone ${zone}`);
    return;
  }
  if (zone.toLowerCase() === "local") {
    refuse("timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
  }
  const error = loadLocationError(zone);
  if (error !== undefined) refuse(error);
}

/** @see go time/zoneinfo.go LoadLocation */
export function loadLocationError(zone: string): string | undefined {
  if (zone === "" || zone === "Local" || isTimeZone(zone)) return undefined;
  if (zone.includes("..") || zone.startsWith("/") || zone.includes("\\")) {
    return "time: invalid location name";
  }
  return `unknown time zone ${zone}`;
}
