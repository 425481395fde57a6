// The kubelet's folders for volumes, made with its modes whatever this process's umask says.
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { asGoErrors } from "./failure.ts";

/** Makes a volume's folder with `mode` below folders of the kubelet. */
export function makeVolumeFolder(folder: string, mode: number): void {
  const above = dirname(folder);
  asGoErrors("mkdir", above, () => mkdirSync(above, { recursive: true, mode: 0o755 }));
  asGoErrors("mkdir", folder, () => mkdirSync(folder, { recursive: true }));
  chmodSync(folder, mode);
}
