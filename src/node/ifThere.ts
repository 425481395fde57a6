// What lies at a path where there may be nothing, or nothing that may be read.
import { readdirSync, readFileSync } from "node:fs";

/** Empty where there is no such file. */
export function textIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** None where there is no such folder. */
export function namesIfThere(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
