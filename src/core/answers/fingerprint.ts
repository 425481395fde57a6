// A finding's name that stays when the file changes elsewhere: from what it says and of what, never from where it stands.

import type { PodDocument } from "../manifest/manifest.ts";
import type { Finding } from "../model/finding.ts";
import type { JsonValue } from "../model/json.ts";
import { LikeDocument } from "./alike/likeText.ts";
import { walk } from "./walked.ts";

/**
 * 16 hexadecimal digits. Two findings of one file have the same one only if nothing but their line tells them apart.
 * @param finding with its path from the document's root
 * @param file its name, the same from wherever it is checked
 */
export function fingerprintOf(finding: Finding, document: PodDocument, file: string): string {
  const { id, container = "", path } = finding;
  const { workload, objectPath } = document;
  const { kind, namespace = "", name } = workload;
  const at =
    document instanceof LikeDocument
      ? document.along(path)
      : walk(document.object, path.slice(objectPath.length));
  const text = [id, file, kind, namespace, name, container, ...at.steps, said(finding, at.value)];
  return hash(text.join("\0"));
}

/** A sentence of Pod Security names every container that it objects to: with one more, the finding of another is still the same. */
function said({ id, message }: Finding, value: JsonValue | undefined): string {
  if (!id.startsWith("podsecurity.")) return words(message);
  const policy = words(message.slice(0, message.indexOf(": ") + 1));
  return typeof value === "object" || value === undefined ? policy : `${policy} ${value}`;
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
