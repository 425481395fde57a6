// A disk of Azure: how it is cached, of which kind it is, and the address that this kind has.
// @see kubernetes v1.37.2 pkg/apis/core/validation/validation.go validateAzureDisk
import type { JsonObject } from "../../model/json.ts";
import { goJsonString } from "../../rules/goJson.ts";
import { goQuote } from "../../rules/goText.ts";
import { type FieldErrors, notSupported, required } from "../fieldError.ts";
import { child, type Path } from "../path.ts";
import { textOf } from "./members.ts";

const CACHING_MODES: readonly string[] = ["None", "ReadOnly", "ReadWrite"];
const DISK_KINDS: readonly string[] = ["Dedicated", "Managed", "Shared"];
const MANAGED_DISK =
  "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_DISK = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

export function validateAzureDisk(errors: FieldErrors, path: Path, source: JsonObject): void {
  for (const field of ["diskName", "diskURI"]) {
    if (textOf(source, field) === "") required(errors, child(path, field));
  }
  const { cachingMode = "ReadWrite", kind = "Shared" } = source;
  const uri = textOf(source, "diskURI");
  if (!CACHING_MODES.includes(String(cachingMode))) {
    const shown = goJsonString(String(cachingMode));
    notSupported(errors, child(path, "cachingMode"), shown, CACHING_MODES);
  }
  if (!DISK_KINDS.includes(String(kind))) {
    notSupported(errors, child(path, "kind"), goJsonString(String(kind)), DISK_KINDS);
  }
  const [prefix, form] =
    kind === "Managed" ? ["/subscriptions/", MANAGED_DISK] : ["https://", BLOB_DISK];
  if (uri.startsWith(prefix)) return;
  notSupported(errors, child(path, "diskURI"), goQuote(uri), [form]);
}
