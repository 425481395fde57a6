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
  if (was === undefined) return own;
  const before = valueText(setting.field, was.value);
  const same = before === valueText(setting.field, setting.value);
  const origin = placeText(was.source, file);
  return same ? `${own}, from ${origin}` : `${own}, was ${before} (${origin})`;
}

function placeText(source: PlacedSource, file: string): string {
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
