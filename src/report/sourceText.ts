// Where a setting came from, in few words: a line of the manifest, the image, the node, a default or a rule.
import type { PlacedSetting, PlacedSource } from "../core/answers/explain.ts";
import { valueText } from "./valueText.ts";

/** `line 9`, `kubelet default`, `containerd: privileged ⇒ …`; with what it replaced behind it. */
export function sourceText(
  setting: PlacedSetting & { readonly field: string },
  file: string,
): string {
  const own = placeText(setting.source, file);
  const { was } = setting;
  // What a program had before its own next word is no news; what somebody wrote is.
  if (was === undefined || was.source.kind === "default") return own;
  const before = valueText(setting.field, was.value);
  const origin = placeText(was.source, file);
  const isSame = before === valueText(setting.field, setting.value);
  return isSame ? `${own}, from ${origin}` : `${own}, was ${before} (${origin})`;
}

/** `line 9`, `other.yaml:9`, `image app:1`, `kubelet default`. */
export function placeText(source: PlacedSource, file: string): string {
  switch (source.kind) {
    case "manifest":
      if (source.line === undefined) return source.path;
      return source.file === file ? `line ${source.line}` : `${source.file}:${source.line}`;
    case "default":
      return `${source.by} default`;
    case "image":
      return `image ${source.ref}`;
    case "node":
      return `node: ${source.fact}`;
    case "rule":
      return `${source.by}: ${source.rule}`;
  }
}
