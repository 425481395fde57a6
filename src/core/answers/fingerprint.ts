// A finding's name that stays when the file changes elsewhere: from what it says and of what, never from where it stands.
import type { PodDocument } from "../manifest/manifest.ts";
import type { FieldPath, Finding } from "../model/finding.ts";

/**
 * 16 hexadecimal digits. Two findings of one file have the same one only if nothing but their line tells them apart.
 * @param file its name, the same from wherever it is checked
 */
export function fingerprintOf(finding: Finding, { workload }: PodDocument, file: string): string {
  const { id, container = "", message } = finding;
  const { kind, namespace = "", name } = workload;
  const text = [id, file, kind, namespace, name, container, ...steps(finding.path), words(message)];
  return hash(text.join("\0"));
}

/** Positions in a list change when something is put before it. */
function steps(path: FieldPath): string[] {
  return path.map((step) => (typeof step === "number" ? "*" : step));
}

/** Releases and line numbers change without the finding being another. */
function words(message: string): string {
  return message.replaceAll(/\d+/g, "0");
}

const PRIME = 0x01000193;

/** FNV-1a twice, from two beginnings: not a secret, only short and the same everywhere. */
export function hash(text: string): string {
  let high = 0x811c9dc5;
  let low = 0x050c5d1f;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, PRIME);
    low = Math.imul(low ^ unit, PRIME);
  }
  return hex(high) + hex(low);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
