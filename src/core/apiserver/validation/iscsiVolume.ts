// A volume of an iSCSI target: the names of target and initiator have one of three forms.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateISCSIVolumeSource
import type { JsonObject } from "../../model/json.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, invalid, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { intOf, textOf } from "./members.ts";

const FORMS: readonly (readonly [prefix: string, form: RegExp])[] = [
  ["iqn", /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\t\n\f\r ]+)$/],
  ["eui", /^eui.[A-Za-z0-9]{16}$/s],
  ["naa", /^naa.[A-Za-z0-9]{32}$/s],
];

export function validateIscsi(errors: FieldErrors, path: Path, source: JsonObject): void {
  if (textOf(source, "targetPortal") === "") required(errors, child(path, "targetPortal"));
  const iqn = textOf(source, "iqn");
  if (iqn === "") required(errors, child(path, "iqn"));
  else validateName(errors, child(path, "iqn"), iqn);
  const lun = intOf(source, "lun") ?? 0;
  if (lun < 0 || lun > 255) {
    invalid(errors, child(path, "lun"), String(lun), "must be between 0 and 255, inclusive");
  }
  const chap = source["chapAuthDiscovery"] === true || source["chapAuthSession"] === true;
  if (chap && source["secretRef"] === undefined) required(errors, child(path, "secretRef"));
  const { initiatorName } = source;
  if (typeof initiatorName === "string") {
    validateName(errors, child(path, "initiatorname"), initiatorName);
  }
}

function validateName(errors: FieldErrors, path: Path, name: string): void {
  const form = FORMS.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (form?.test(name)) return;
  const detail =
    form === undefined
      ? "must be valid format starting with iqn, eui, or naa"
      : "must be valid format";
  invalid(errors, path, goQuote(name), detail);
}
